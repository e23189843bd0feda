#include "base/file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"

namespace pystacks {

UniqueFd& UniqueFd::operator=(UniqueFd&& other) noexcept {
    if (this != &other) reset(other.release());
    return *this;
}

int UniqueFd::release() noexcept { return std::exchange(fd_, -1); }

void UniqueFd::reset(int fd) noexcept {
    // EINTR is not repeated: Linux has closed the descriptor by then, and its number may be another thread's.
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
}

UniqueFd open_file(const fs::path& path, int flags, std::string_view attempted, mode_t mode) {
    for (;;) {
        const int fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
        if (fd >= 0) return UniqueFd(fd);
        if (errno != EINTR) throw system_error(errno, std::string(attempted), path.string());
    }
}

UniqueFd above_standard(UniqueFd fd, std::string_view attempted) {
    if (fd.get() > STDERR_FILENO) return fd;
    UniqueFd moved(::fcntl(fd.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (!moved) throw system_error(errno, std::string(attempted), "");
    return moved;
}

void write_all(int fd, std::string_view bytes, const fs::path& name) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno != EINTR) {
            throw system_error(errno, "cannot write", name.string());
        }
    }
}

std::size_t read_some(int fd, char* buffer, std::size_t size, const fs::path& name) {
    for (;;) {
        const ssize_t count = ::read(fd, buffer, size);
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EINTR) throw system_error(errno, "cannot read", name.string());
    }
}

std::string read_file(const fs::path& path, std::size_t limit) {
    const UniqueFd fd = open_file(path, O_RDONLY, "cannot read");
    struct stat status {};
    if (::fstat(fd.get(), &status) != 0) throw system_error(errno, "cannot read", path.string());

    std::string contents;
    // Only a hint: files of /proc say 0, and others may grow meanwhile.
    if (status.st_size > 0) contents.reserve(std::min(limit, static_cast<std::size_t>(status.st_size)));
    std::array<char, 65536> buffer{};
    while (const std::size_t count = read_some(fd.get(), buffer.data(), buffer.size(), path)) {
        if (count > limit - contents.size()) {
            throw Error("cannot read", path.string(), fmt::format("it is larger than {} bytes", limit));
        }
        contents.append(buffer.data(), count);
    }
    return contents;
}

void write_file_atomically(const fs::path& path, std::string_view contents, mode_t mode) {
    AtomicFile file(path, mode);
    file.write(contents);
    file.commit();
}

}  // namespace pystacks
