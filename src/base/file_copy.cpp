#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks {

namespace {

/// A file beside the target, removed unless it was renamed to it.
struct PartialCopy {
    explicit PartialCopy(const fs::path& target) : name((target.parent_path() / ".copy.tmp-XXXXXX").string()) {
        fd.reset(::mkostemp(name.data(), O_CLOEXEC));
        if (!fd) throw system_error(errno, "cannot write", target.string());
    }
    PartialCopy(const PartialCopy&) = delete;
    PartialCopy& operator=(const PartialCopy&) = delete;
    ~PartialCopy() {
        if (!name.empty()) ::unlink(name.c_str());
    }

    std::string name;
    UniqueFd fd;
};

/// Whether the kernel declines this pair of files, rather than having failed to copy them.
bool declined(int error_number) {
    return error_number == EXDEV || error_number == EINVAL || error_number == ENOSYS || error_number == EOPNOTSUPP ||
           error_number == EBADF || error_number == EPERM || error_number == ETXTBSY;
}

void copy_by_reading(int from, int to, const fs::path& source, const fs::path& target) {
    std::array<char, 131072> buffer{};
    while (const std::size_t count = read_some(from, buffer.data(), buffer.size(), source)) {
        write_all(to, {buffer.data(), count}, target);
    }
}

void copy_bytes(int from, int to, const fs::path& source, const fs::path& target) {
    if (::ioctl(to, FICLONE, from) == 0) return;
    constexpr std::size_t chunk = std::size_t{1} << 30U;
    for (;;) {
        const ssize_t count = ::copy_file_range(from, nullptr, to, nullptr, chunk, 0);
        if (count > 0) continue;
        // Some file systems answer 0 for files that do have bytes, so what is left is always asked for by read(2).
        if (count == 0 || declined(errno)) return copy_by_reading(from, to, source, target);
        if (errno != EINTR) throw system_error(errno, "cannot write", target.string());
    }
}

}  // namespace

void copy_regular_file(const fs::path& from, const fs::path& to) {
    // O_NONBLOCK: a FIFO in an install tree is refused below instead of waited for.
    const UniqueFd source = open_file(from, O_RDONLY | O_NONBLOCK, "cannot copy");
    struct stat status {};
    if (::fstat(source.get(), &status) != 0) throw system_error(errno, "cannot copy", from.string());
    if (!S_ISREG(status.st_mode)) throw Error("cannot copy", from.string(), "it is not a regular file");

    PartialCopy copy(to);
    copy_bytes(source.get(), copy.fd.get(), from, to);

    const auto check = [&to](int result) {
        if (result != 0) throw system_error(errno, "cannot write", to.string());
    };
    check(::fchmod(copy.fd.get(), status.st_mode & 07777U));
    timespec untouched{};
    untouched.tv_nsec = UTIME_OMIT;
    const std::array<timespec, 2> times{untouched, status.st_mtim};
    check(::futimens(copy.fd.get(), times.data()));
    check(::close(copy.fd.release()));
    check(::rename(copy.name.c_str(), to.c_str()));
    copy.name.clear();
}

}  // namespace pystacks
