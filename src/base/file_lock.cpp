#include <cerrno>
#include <chrono>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks {

namespace {

constexpr const char* cannot_lock = "cannot lock";

/// Whether @p path still names the file that @p fd has open: it may have been removed while we waited.
bool names_same_file(const fs::path& path, int fd) {
    struct stat named {};
    struct stat opened {};
    return ::stat(path.c_str(), &named) == 0 && ::fstat(fd, &opened) == 0 && named.st_ino == opened.st_ino &&
           named.st_dev == opened.st_dev;
}

/// Without O_CLOEXEC, unlike everything else: see FileLock.
UniqueFd open_inheritable(const fs::path& path) {
    for (;;) {
        // NOLINTNEXTLINE(android-cloexec-open)
        UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT, 0644));
        if (fd) return fd;
        if (errno != EINTR) throw system_error(errno, cannot_lock, path.string());
    }
}

}  // namespace

FileLock::FileLock(const fs::path& path, double timeout_seconds, const std::function<void()>& between_tries) {
    using Clock = std::chrono::steady_clock;
    const auto deadline = Clock::now() + std::chrono::duration<double>(timeout_seconds);
    fd_ = open_inheritable(path);
    for (;;) {
        if (::flock(fd_.get(), LOCK_EX | LOCK_NB) == 0) {
            if (names_same_file(path, fd_.get())) return;
            fd_ = open_inheritable(path);
            continue;
        }
        if (errno == EINTR) continue;
        if (errno != EWOULDBLOCK) throw system_error(errno, cannot_lock, path.string());
        if (Clock::now() >= deadline) {
            throw Error(cannot_lock, path.string(),
                        fmt::format("another process still holds it after {:.0f} s", timeout_seconds),
                        "a build in the same folder is running, or an earlier one is still ending: try again when it "
                        "has ended (fuser shows the process)");
        }
        if (between_tries) between_tries();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

}  // namespace pystacks
