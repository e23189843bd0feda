#include "base/error.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

namespace pystacks {

namespace {

std::string message(const std::string& attempted, const std::string& subject, const std::string& reason) {
    std::string text = attempted;
    for (const std::string* part : {&subject, &reason}) {
        if (part->empty()) continue;
        if (!text.empty()) text += ": ";
        text += *part;
    }
    return text;
}

std::string hint_for(int error_number) {
    switch (error_number) {
        case ENOSPC:
        case EDQUOT:
            return "free some space, then run the same command again";
        case EACCES:
        case EPERM:
            return "check who owns it and its permissions (ls -ld), and those of the folders above it";
        case ENOENT:
            return "check the name, and that the folders above it exist";
        case EMFILE:
        case ENFILE:
            return "too many files are open at once: raise the limit (ulimit -n), then run the same command again";
        case EROFS:
            return "the file system is mounted read-only: choose another folder";
        default:
            return {};
    }
}

}  // namespace

Error::Error(ErrorKind kind, std::string attempted, std::string subject, std::string reason, std::string hint)
    : std::runtime_error(message(attempted, subject, reason)),
      kind_(kind),
      attempted_(std::move(attempted)),
      subject_(std::move(subject)),
      reason_(std::move(reason)),
      hint_(std::move(hint)) {}

Error::Error(std::string attempted, std::string subject, std::string reason, std::string hint)
    : Error(ErrorKind::failed, std::move(attempted), std::move(subject), std::move(reason), std::move(hint)) {}

Error system_error(int error_number, std::string attempted, std::string subject) {
    return {std::move(attempted), std::move(subject), std::generic_category().message(error_number),
            hint_for(error_number)};
}

int exit_code(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::failed:
            return 1;
        case ErrorKind::usage:
            return 2;
        case ErrorKind::differences:
            return 3;
        case ErrorKind::unproved:
            return 4;
        case ErrorKind::interrupted:
            return 130;
    }
    return 1;
}

}  // namespace pystacks
