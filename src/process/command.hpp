#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pystacks::process {

/// What to start: an argument vector, never a shell string.
struct Command {
    std::vector<std::string> arguments;               ///< arguments[0] is looked up in PATH
    std::filesystem::path directory;                  ///< empty: the current one
    std::map<std::string, std::string> environment;   ///< set on top of the parent's
    std::vector<std::string> unset_environment;       ///< removed from it
    /// stdout and stderr are appended here; empty: both are captured into Outcome::output (bounded at 16 MiB).
    std::filesystem::path log;
    std::string input;                                ///< fed to stdin; empty: stdin is /dev/null
    std::optional<double> time_limit_seconds;
    std::vector<int> inherited_descriptors;           ///< everything else is close-on-exec (the jobserver's pipe ends)
    /// Whether run() throws when an interruption ended the child, or returns how it ended: a make that ends by itself
    /// after SIGTERM has removed what it had half made, one that needed SIGKILL has not.
    enum class OnInterruption { throw_error, return_outcome };
    OnInterruption on_interruption = OnInterruption::throw_error;
};

/// How a child ended; the four ways are told apart.
struct Outcome {
    enum class End { exited, signalled, timed_out, not_started };
    End end = End::not_started;
    int code = 0;                 ///< exit status, signal number, or errno of the failed start
    double seconds = 0;           ///< wall time
    double cpu_seconds = 0;       ///< user and system, of the child and the children it waited for
    std::string output;           ///< when Command::log is empty: stdout and stderr, interleaved as written

    [[nodiscard]] bool succeeded() const noexcept { return end == End::exited && code == 0; }
    /// "exited with status 2", "was killed by SIGKILL", "did not end within 60 s", "could not be started: No such file …"
    [[nodiscard]] std::string describe() const;
};

/// Starts @p command in a process group of its own, waits for it, and returns how it ended.
/// When an interruption is requested (see interruption.hpp) the group gets SIGTERM, after five seconds SIGKILL, and
/// Error(interrupted) is thrown. The child dies with this process (PR_SET_PDEATHSIG SIGTERM). Thread-safe.
Outcome run(const Command& command);

/// run(), and an Error that shows the last lines of the log or output when it did not succeed.
/// @param attempted what to say was attempted ("cannot configure the debug configuration")
Outcome run_checked(const Command& command, const std::string& attempted);

/// The path of @p program in PATH, or nothing.
std::optional<std::filesystem::path> find_program(const std::string& program);

/// The last @p lines lines of a log file; empty when it cannot be read. Bounded in memory.
std::string log_tail(const std::filesystem::path& log, int lines);

}  // namespace pystacks::process
