#include <cerrno>
#include <cstdlib>
#include <string>
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

}  // namespace pystacks
