#include "log/destination.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "log/descriptor.hpp"

namespace pystacks::log {
namespace {

Error refused(std::string_view option, const fs::path& path, std::string reason, std::string hint) {
    return {ErrorKind::usage, "cannot write the log of " + std::string(option), path.string(), std::move(reason),
            std::move(hint)};
}

/// The descriptor of this process that a path under /dev means.
std::optional<int> own_descriptor(std::string_view path) {
    if (path == "/dev/stdin") return STDIN_FILENO;
    if (path == "/dev/stdout") return STDOUT_FILENO;
    if (path == "/dev/stderr") return STDERR_FILENO;
    constexpr std::array<std::string_view, 2> folders{"/dev/fd/", "/proc/self/fd/"};
    const auto* const folder =
        std::find_if(folders.begin(), folders.end(), [&](std::string_view each) { return path.starts_with(each); });
    if (folder == folders.end()) return std::nullopt;
    path.remove_prefix(folder->size());
    int number = -1;
    const auto [end, problem] = std::from_chars(path.data(), path.data() + path.size(), number);
    if (problem != std::errc() || end != path.data() + path.size()) return std::nullopt;
    return number;
}

/// Whether the caller passed @p number on, to be written to. Every descriptor of this program's own is close-on-exec,
/// and what a caller passes on never is.
bool is_given(int number) {
    const int flags = ::fcntl(number, F_GETFD);
    if (flags < 0 || (flags & FD_CLOEXEC) != 0) return false;
    return (::fcntl(number, F_GETFL) & O_ACCMODE) != O_RDONLY;
}

/// A killed program may have left half a line.
bool ends_within_a_line(const fs::path& path, std::uintmax_t size) {
    char last = '\n';
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return size > 0 && file && ::pread(file.get(), &last, 1, static_cast<off_t>(size) - 1) == 1 && last != '\n';
}

UniqueFd open_path(const fs::path& path) {
    // Without O_NONBLOCK, open() would wait for ever for a FIFO's reader; write() would, too, for one that has stopped.
    constexpr int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    constexpr mode_t mode = 0644;
    UniqueFd file(::open(path.c_str(), flags, mode));
    if (!file) return file;
    file = above_standard(std::move(file), "cannot open a log");
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0) return {};
    if (!S_ISFIFO(status.st_mode) && ::fcntl(file.get(), F_SETFL, O_APPEND) != 0) return {};
    const bool regular = S_ISREG(status.st_mode);
    if (regular && ends_within_a_line(path, static_cast<std::uintmax_t>(status.st_size))) write_all(file.get(), "\n");
    return file;
}

}  // namespace

UniqueFd open_destination(const fs::path& path, std::string_view option) {
    if (path == "-" || own_descriptor(path.native()) == STDOUT_FILENO) {
        throw refused(option, path, "standard output is for results",
                      "Name a file, a FIFO, /dev/stderr, or a descriptor such as /dev/fd/3.");
    }
    if (const std::optional<int> number = own_descriptor(path.native())) {
        if (!is_given(*number)) {
            throw refused(option, path, "the caller passed no such descriptor, or it cannot be written to",
                          "redirect it: " + std::to_string(*number) + ">FILE");
        }
        // Opening it by its path would give another position in the file, and both would write over each other.
        UniqueFd copy(::fcntl(*number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
        if (!copy) throw refused(option, path, std::generic_category().message(errno), "");
        return copy;
    }
    UniqueFd file = open_path(path);
    if (file) return file;
    const int why = errno;
    std::error_code unknown;
    if (why == ENXIO && fs::is_fifo(path, unknown)) {
        throw refused(option, path, "this FIFO has no reader", "Start its reader first.");
    }
    const Error plain = system_error(why, "", path.string());
    throw refused(option, path, plain.reason(), plain.hint());
}

}  // namespace pystacks::log
