#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks {

AtomicFile::AtomicFile(fs::path target, mode_t mode) : target_(std::move(target)), mode_(mode) {
    std::string name = (target_.parent_path() / ("." + target_.filename().string() + ".tmp-XXXXXX")).string();
    fd_.reset(::mkostemp(name.data(), O_CLOEXEC));
    if (!fd_) throw system_error(errno, "cannot write", target_.string());
    temporary_ = name;
}

AtomicFile::~AtomicFile() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view bytes) { write_all(fd_.get(), bytes, target_); }

void AtomicFile::commit() {
    const auto check = [this](int result) {
        if (result != 0) throw system_error(errno, "cannot write", target_.string());
    };
    check(::fchmod(fd_.get(), mode_));
    check(::fsync(fd_.get()));
    check(::close(fd_.release()));
    check(::rename(temporary_.c_str(), target_.c_str()));
    temporary_.clear();
}

void write_result(const fs::path& path, std::string_view bytes) {
    struct stat status = {};
    const bool exists = ::stat(path.c_str(), &status) == 0;
    if (exists && !S_ISREG(status.st_mode)) {
        const UniqueFd file = open_file(path, O_WRONLY | O_NOCTTY, "cannot write");
        write_all(file.get(), bytes, path);
        return;
    }
    std::error_code unknown;
    const fs::path behind_links = exists ? fs::canonical(path, unknown) : path;
    write_file_atomically(unknown ? path : behind_links, bytes);
}

}  // namespace pystacks
