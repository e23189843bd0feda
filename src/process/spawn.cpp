#include "process/spawn.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <string_view>

#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "sandbox/entry.hpp"

namespace pystacks::process {

namespace {

/// What the child reports through a pipe that exec closes.
struct StartFailure {
    int error_number = 0;
    bool entering_directory = false;
    sandbox::FailedStep failed_step{};
};

/// Everything the child needs, prepared before the fork: another thread may hold malloc's lock at that moment, so
/// that between fork and exec only async-signal-safe calls are allowed.
struct ChildPlan {
    const char* program = nullptr;
    char* const* arguments = nullptr;
    char* const* environment = nullptr;
    const char* directory = nullptr;  // null: stay
    bool on_terminal = false;         // in the parent's process group, with the parent's standard descriptors
    int input = -1;
    int output = -1;
    int error = -1;
    int report = -1;
    pid_t parent = 0;
    bool in_background = false;
    const sandbox::Plan* sandbox = nullptr;  // null: none
    const std::vector<int>* inherited = nullptr;
};

std::vector<std::string> child_environment(const Command& command) {
    std::map<std::string, std::string> variables;
    char** const ours = command.sandbox ? nullptr : ::environ;
    for (char** entry = ours; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos) variables[std::string(text.substr(0, equals))] = text.substr(equals + 1);
    }
    for (const std::string& name : command.unset_environment) variables.erase(name);
    for (const auto& [name, value] : command.environment) variables[name] = value;

    std::vector<std::string> entries;
    entries.reserve(variables.size());
    for (const auto& [name, value] : variables) entries.emplace_back(name).append("=").append(value);
    return entries;
}

std::vector<char*> null_terminated(std::vector<std::string>& strings) {
    std::vector<char*> pointers;
    pointers.reserve(strings.size() + 1);
    for (std::string& text : strings) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// The file to execute; empty when PATH has none.
fs::path resolve(const Command& command) {
    const std::string& name = command.arguments.front();
    if (command.sandbox || name.find('/') != std::string::npos) return name;
    const auto path = command.environment.find("PATH");
    const auto found = path == command.environment.end() ? find_program(name) : find_program(name, path->second);
    return found.value_or(fs::path());
}

[[noreturn]] void fail_in_child(int report, StartFailure failure) {
    // Shorter than PIPE_BUF, so it is written whole or not at all.
    [[maybe_unused]] const ssize_t written = ::write(report, &failure, sizeof failure);
    ::_exit(127);
}

void reset_signals_in_child() {
    struct sigaction default_action {};
    default_action.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; ++signal) {
        struct sigaction current {};
        if (::sigaction(signal, nullptr, &current) != 0) continue;
        // What was ignored before this program started (nohup) stays ignored, except for what a shell makes its
        // background jobs ignore: the keyboard does not reach the child's process group anyway, and CPython's tests,
        // which profile-guided optimization runs, send themselves SIGINT. SIGPIPE was ignored by ourselves.
        const bool always_default = signal == SIGPIPE || signal == SIGINT || signal == SIGQUIT;
        if (current.sa_handler == SIG_IGN && !always_default) continue;
        ::sigaction(signal, &default_action, nullptr);
    }
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

/// SCHED_IDLE weighs less than any niceness, and the kernel treats a core that runs only such processes as an idle one
/// when it looks for a place for another process (sched(7)).
void run_when_idle() {
    constexpr sched_param none{};  // static priority: 0 for what is not real-time
    constexpr int lowest_priority = 19;
    if (::sched_setscheduler(0, SCHED_IDLE, &none) == 0) return;
    [[maybe_unused]] const int now = ::nice(lowest_priority);
}

/// Runs in the child with all signals blocked, so that no handler of ours writes to the parent's pipes.
[[noreturn]] void become(const ChildPlan& plan) {
    if (!plan.on_terminal) ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    // The parent may have died before the line above.
    if (::getppid() != plan.parent) ::_exit(127);
    reset_signals_in_child();
    if (!plan.on_terminal && (::dup2(plan.input, STDIN_FILENO) < 0 || ::dup2(plan.output, STDOUT_FILENO) < 0 ||
                              ::dup2(plan.error, STDERR_FILENO) < 0)) {
        fail_in_child(plan.report, {errno});
    }
    if (plan.in_background) run_when_idle();
    if (plan.sandbox != nullptr) {
        const sandbox::FailedStep failed = sandbox::enter(*plan.sandbox, plan.report);
        if (failed) fail_in_child(plan.report, {failed.error_number, false, failed});
    }
    for (const int fd : *plan.inherited) {
        const int flags = ::fcntl(fd, F_GETFD);
        if (flags < 0 || ::fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) < 0) fail_in_child(plan.report, {errno});
    }
    if (plan.directory != nullptr && ::chdir(plan.directory) != 0) fail_in_child(plan.report, {errno, true});
    ::execve(plan.program, plan.arguments, plan.environment);
    fail_in_child(plan.report, {errno});
}

pid_t fork_with_signals_blocked(const ChildPlan& plan, int& error_number) {
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t pid = ::fork();
    if (pid == 0) become(plan);
    error_number = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return pid;
}

/// Waits until the child's exec closed the pipe, or for what the child reports. @returns whether it reported.
bool read_report(int fd, StartFailure& failure) {
    for (;;) {
        const ssize_t count = ::read(fd, &failure, sizeof failure);
        if (count < 0 && errno == EINTR) continue;
        return count == static_cast<ssize_t>(sizeof failure);
    }
}

}  // namespace

namespace {

Spawned start(const Command& command, ChildPlan plan) {
    const fs::path program = resolve(command);
    if (program.empty()) return {-1, ENOENT};
    std::optional<sandbox::Plan> contained;
    if (command.sandbox) contained.emplace(*command.sandbox);

    // The parent waits below until the child's exec closes its end. Another thread's child that is forked meanwhile
    // would have a copy of that end, and one that runs when a processor is idle may keep it for long.
    static std::mutex one_at_a_time;
    std::unique_lock lock(one_at_a_time);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error(errno, "cannot start", command.arguments.front());
    const UniqueFd report_read(ends[0]);
    UniqueFd report_write = above_standard(UniqueFd(ends[1]), "cannot start a program");

    std::vector<std::string> arguments = command.arguments;
    std::vector<std::string> environment = child_environment(command);
    const std::vector<char*> argument_pointers = null_terminated(arguments);
    const std::vector<char*> environment_pointers = null_terminated(environment);

    plan.program = program.c_str();
    plan.arguments = argument_pointers.data();
    plan.environment = environment_pointers.data();
    plan.directory = command.directory.empty() ? nullptr : command.directory.c_str();
    plan.report = report_write.get();
    plan.parent = ::getpid();
    plan.in_background = command.in_background;
    plan.sandbox = contained ? &*contained : nullptr;
    plan.inherited = &command.inherited_descriptors;

    int error_number = 0;
    const pid_t pid = fork_with_signals_blocked(plan, error_number);
    if (pid < 0) return {-1, error_number};
    report_write.reset();
    lock.unlock();
    StartFailure failure;
    if (!read_report(report_read.get(), failure)) return {pid, 0};

    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
    if (failure.failed_step)
        sandbox::throw_failed_step(failure.failed_step, *command.sandbox, command.arguments.front());
    if (failure.entering_directory) {
        throw system_error(failure.error_number, "cannot enter the folder", command.directory.string());
    }
    return {-1, failure.error_number};
}

}  // namespace

Spawned spawn(const Command& command, int input, int output, int error) {
    ChildPlan plan;
    plan.input = input;
    plan.output = output;
    plan.error = error;
    return start(command, plan);
}

int run_on_terminal(const Command& command) {
    ChildPlan plan;
    plan.on_terminal = true;
    const Spawned child = start(command, plan);
    if (child.pid < 0) throw system_error(child.start_error, "cannot start", command.arguments.front());
    int status = 0;
    while (::waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
    }
    return shell_status(status);
}

}  // namespace pystacks::process
