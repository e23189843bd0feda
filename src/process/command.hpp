#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/sandbox.hpp"

namespace pystacks::process {

/// What to start: an argument vector, never a shell string.
struct Command {
    /// arguments[0] is looked up in the child's PATH; with a slash in it, it is relative to @c directory.
    std::vector<std::string> arguments;
    std::filesystem::path directory{};                 ///< empty: the current one
    std::map<std::string, std::string> environment{};  ///< set on top of the parent's
    std::vector<std::string> unset_environment{};      ///< removed from it
    /// stdout and stderr are appended here; empty: both are captured into Outcome::output (bounded at 16 MiB).
    std::filesystem::path log{};
    /// stderr alone is appended here; empty: it goes where stdout goes.
    std::filesystem::path error_log{};
    std::string input{};  ///< what stdin holds; empty: stdin is /dev/null
    std::optional<double> time_limit_seconds{};
    /// Runs only on what would be idle: SCHED_IDLE, or nice 19 where that is refused. Everything that it starts does,
    /// too.
    bool in_background = false;
    /// Where the program runs if it is not to be trusted. Then arguments[0] and @c directory are absolute paths in the
    /// sandbox, and @c environment is all that there is of an environment.
    std::optional<sandbox::Sandbox> sandbox{};
    std::vector<int> inherited_descriptors{};  ///< made inheritable in the child alone (the jobserver's pipe)
    /// Whether run() throws when an interruption ended the child, or returns how it ended: a make that ends by itself
    /// after SIGTERM has removed what it had half made, one that needed SIGKILL has not.
    enum class OnInterruption { throw_error, return_outcome };
    OnInterruption on_interruption = OnInterruption::throw_error;
};

/// How a child ended; the four ways are distinguished.
struct Outcome {
    enum class End { exited, signalled, timed_out, not_started };
    End end = End::not_started;
    int code = 0;                   ///< exit status, signal number, or errno of the failed start
    double seconds = 0;             ///< wall time
    double limit_seconds = 0;       ///< the time limit that was passed, of a child that timed out
    double cpu_seconds = 0;         ///< user and system, of the child and the children it waited for
    std::string output;             ///< when Command::log is empty: stdout and stderr, interleaved as written
    bool output_truncated = false;  ///< more than the bound was written; the beginning was kept

    [[nodiscard]] bool succeeded() const noexcept { return end == End::exited && code == 0; }
    /// "exited with status 2", "was killed by SIGKILL", "did not end within 60 s", "could not be started: No such file
    /// …"
    [[nodiscard]] std::string describe() const;
};

/// Starts @p command in a process group of its own, waits for it, and returns how it ended.
///
/// When an interruption is requested (see interruption.hpp) the group gets SIGTERM, after five seconds SIGKILL, and
/// Error(interrupted) is thrown; at the time limit likewise, and End::timed_out is returned. In both cases nothing of
/// the group is left on return (a process that moved to another group is). When the child ends by itself, what it left
/// running in the background goes on, and output that arrives later is not waited for.
///
/// The child gets SIGTERM when the *thread* that called run() dies (PR_SET_PDEATHSIG); as run() returns only after the
/// child's end, that means: when this process dies. The child's signal mask is empty, SIGPIPE has its default action.
/// Thread-safe; any number of threads may each run a child.
/// @throws Error when the log cannot be opened or the directory cannot be entered, and Error(interrupted).
Outcome run(const Command& command);

/// run(), and an Error that shows the last lines of the log or output when it did not succeed.
/// @param attempted what to say was attempted ("cannot configure the debug configuration")
Outcome run_checked(const Command& command, const std::string& attempted);

/// Statuses above it are a shell's way to say by which signal a process ended.
inline constexpr int signal_base = 128;

/// What a shell says of a process that has ended: its exit status, or 128 and the signal. @param status of wait(2)
[[nodiscard]] int shell_status(int status) noexcept;

/// Starts @p command in this process's group, on this process's terminal, and waits for it: a shell. Of the command,
/// input, logs and the time limit are not used.
/// @returns its exit status; 128 and the signal when it was killed @throws Error when it cannot be started
int run_on_terminal(const Command& command);

/// The path of @p program in PATH, or nothing.
std::optional<std::filesystem::path> find_program(const std::string& program);
/// The same in @p search_path, folders separated by ':'.
std::optional<std::filesystem::path> find_program(const std::string& program, const std::string& search_path);

/// The last @p lines lines of a log file; empty when it cannot be read. Bounded in memory.
std::string log_tail(const std::filesystem::path& log, int lines);

}  // namespace pystacks::process
