#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace pystacks {

/// What went wrong, as far as the exit code is concerned.
enum class ErrorKind {
    failed,       ///< the work could not be done: exit 1
    usage,        ///< the command line or an input file is wrong: exit 2
    differences,  ///< two things that were compared differ: exit 3
    unproved,     ///< done, but this host could not check a promise: exit 4
    interrupted,  ///< a signal asked the program to stop: exit 130
};

/// The only exception type that crosses folders.
///
/// Thrown where a failure is understood and caught at the boundary (main.cpp), or in a loop that must continue.
/// Users read `pystacks: ATTEMPTED: SUBJECT: REASON` and then the hint on a line of its own.
class Error : public std::runtime_error {
public:
    /// @param attempted what was being done, in the words of the user: "cannot unpack"
    /// @param subject   the file, and where it helps the line: "specs/x/stack.toml:12:3"; may be empty
    /// @param reason    why it failed
    /// @param hint      what to do next; may be empty
    Error(ErrorKind kind, std::string attempted, std::string subject, std::string reason, std::string hint = {});

    /// Shorthand for ErrorKind::failed.
    Error(std::string attempted, std::string subject, std::string reason, std::string hint = {});

    [[nodiscard]] ErrorKind kind() const noexcept { return kind_; }
    [[nodiscard]] const std::string& attempted() const noexcept { return attempted_; }
    [[nodiscard]] const std::string& subject() const noexcept { return subject_; }
    [[nodiscard]] const std::string& reason() const noexcept { return reason_; }
    [[nodiscard]] const std::string& hint() const noexcept { return hint_; }

private:
    ErrorKind kind_;
    std::string attempted_;
    std::string subject_;
    std::string reason_;
    std::string hint_;
};

/// An Error whose reason is what errno says ("No space left on device"), with a hint for the common ones.
/// @param error_number a value of errno, saved by the caller before anything else could change it
[[nodiscard]] Error system_error(int error_number, std::string attempted, std::string subject);

/// The process's exit code for @p kind; the one table that maps them.
[[nodiscard]] int exit_code(ErrorKind kind) noexcept;

}  // namespace pystacks
