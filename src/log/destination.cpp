#include "log/destination.hpp"

#include <cerrno>
#include <charconv>
#include <optional>
#include <string>

#include <fcntl.h>
#include <unistd.h>

#include "base/error.hpp"

namespace pystacks::log {
namespace {

Error refused(std::string_view option, const fs::path& path, std::string reason, std::string hint) {
    return {ErrorKind::usage, "cannot write the log of " + std::string(option), path.string(), std::move(reason),
            std::move(hint)};
}

/// The descriptor of this process that a path under /dev means.
std::optional<int> own_descriptor(std::string_view path) {
    if (path == "/dev/stdout") return STDOUT_FILENO;
    if (path == "/dev/stderr") return STDERR_FILENO;
    constexpr std::string_view folder = "/dev/fd/";
    if (!path.starts_with(folder)) return std::nullopt;
    path.remove_prefix(folder.size());
    int number = -1;
    const auto [end, problem] = std::from_chars(path.data(), path.data() + path.size(), number);
    if (problem != std::errc() || end != path.data() + path.size()) return std::nullopt;
    return number;
}

UniqueFd open_path(const fs::path& path) {
    // Opening a descriptor by its path gives another position in the file, and both would write over each other.
    if (const std::optional<int> number = own_descriptor(path.native())) {
        return UniqueFd(::fcntl(*number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    }
    // Without O_NONBLOCK a FIFO that nobody reads would be waited for, for ever.
    constexpr int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    constexpr mode_t mode = 0644;
    UniqueFd file(::open(path.c_str(), flags, mode));
    // Above the standard descriptors, where a child's would be put over it.
    if (file && file.get() <= STDERR_FILENO) file.reset(::fcntl(file.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    if (file && ::fcntl(file.get(), F_SETFL, O_APPEND) != 0) file.reset();
    return file;
}

}  // namespace

UniqueFd open_destination(const fs::path& path, std::string_view option) {
    if (path == "-" || own_descriptor(path.native()) == STDOUT_FILENO) {
        throw refused(option, path, "standard output is for results",
                      "Name a file, a FIFO, /dev/stderr, or a descriptor such as /dev/fd/3.");
    }
    UniqueFd file = open_path(path);
    if (file) return file;
    const int why = errno;
    if (why == ENXIO) throw refused(option, path, "nobody reads this FIFO", "Start its reader first.");
    const Error plain = system_error(why, "", path.string());
    throw refused(option, path, plain.reason(), plain.hint());
}

}  // namespace pystacks::log
