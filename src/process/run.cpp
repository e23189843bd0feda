#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <string>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "process/command.hpp"
#include "process/interruption.hpp"
#include "process/process_group.hpp"
#include "process/spawn.hpp"

namespace pystacks::process {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t output_limit = std::size_t{16} << 20U;
constexpr std::string_view starting = "cannot start a program";

/// The child's stdin. A file in memory rather than a pipe: nothing has to be fed while the child runs, and a child
/// that does not read its input is not an error.
UniqueFd open_input(const std::string& input) {
    if (input.empty()) return above_standard(open_file("/dev/null", O_RDONLY, "cannot open"), starting);
    UniqueFd fd(::memfd_create("input", MFD_CLOEXEC));
    if (!fd) throw system_error(errno, "cannot hold", "the input of a program");
    fd = above_standard(std::move(fd), starting);
    write_all(fd.get(), input, "the input of a program");
    if (::lseek(fd.get(), 0, SEEK_SET) != 0) throw system_error(errno, "cannot rewind", "the input of a program");
    return fd;
}

UniqueFd open_log(const fs::path& log) {
    return above_standard(open_file(log, O_WRONLY | O_APPEND | O_CREAT, "cannot write the log", 0644), starting);
}

/// What one child is watched by, and what it has said so far.
class Watch {
public:
    explicit Watch(const Command& command) : command_(command), started_(Clock::now()) {
        if (!command.error_log.empty()) error_end_ = open_log(command.error_log);
        if (!command.log.empty()) {
            output_end_ = open_log(command.log);
            return;
        }
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error(errno, "cannot create a pipe", "");
        reader_.reset(ends[0]);
        output_end_ = above_standard(UniqueFd(ends[1]), starting);
        // Only our end: programs do not expect a stdout that says EAGAIN.
        if (::fcntl(reader_.get(), F_SETFL, O_NONBLOCK) != 0) throw system_error(errno, "cannot set up a pipe", "");
    }

    Outcome run() {
        const UniqueFd input = open_input(command_.input);
        const UniqueFd& errors = error_end_ ? error_end_ : output_end_;
        const Spawned child = spawn(command_, input.get(), output_end_.get(), errors.get());
        output_end_.reset();
        error_end_.reset();
        if (child.pid < 0) {
            outcome_.code = child.start_error;
            return std::move(outcome_);
        }
        pid_ = child.pid;
        try {
            watch();
        } catch (const Error& error) {
            stop_and_reap();
            const bool interrupted = error.kind() == ErrorKind::interrupted;
            if (!interrupted || command_.on_interruption == Command::OnInterruption::throw_error) throw;
        } catch (...) {
            stop_and_reap();
            throw;
        }
        return std::move(outcome_);
    }

private:
    void watch() {
        // Kernels before 5.3, and some sandboxes, have no pidfd: then we look every 20 ms instead.
        const UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
        for (;;) {
            wait_for_event(pidfd.get());
            const bool ended = has_ended();
            read_output();  // after the question, so that the child's last words are in
            if (ended) return reap();
            throw_if_interrupted();
            if (remaining_seconds() <= 0) {
                stop_and_reap();
                outcome_.end = Outcome::End::timed_out;
                outcome_.code = 0;
                outcome_.limit_seconds = command_.time_limit_seconds.value_or(0);
                return;
            }
        }
    }

    /// Until the child ends or writes, an interruption is requested, or the time is up.
    void wait_for_event(int pidfd) const {
        constexpr double longest = 3600;  // fits poll's int of milliseconds
        const double interval = pidfd >= 0 ? longest : 0.02;
        const double seconds = std::clamp(remaining_seconds(), 0.0, interval);
        std::array<pollfd, 3> events{pollfd{interruption_descriptor(), POLLIN, 0}, pollfd{pidfd, POLLIN, 0},
                                     pollfd{reader_.get(), POLLIN, 0}};  // poll skips negative descriptors
        if (::poll(events.data(), events.size(), static_cast<int>(std::ceil(seconds * 1000))) < 0 && errno != EINTR) {
            throw system_error(errno, "cannot wait for", command_.arguments.front());
        }
    }

    [[nodiscard]] double elapsed_seconds() const {
        return std::chrono::duration<double>(Clock::now() - started_).count();
    }

    [[nodiscard]] double remaining_seconds() const {
        if (!command_.time_limit_seconds) return 1e9;
        return *command_.time_limit_seconds - elapsed_seconds();
    }

    /// Leaves the zombie: the group's number must stay taken until nobody will signal the group any more.
    [[nodiscard]] bool has_ended() const {
        siginfo_t info{};
        const int result = ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
        if (result != 0 && errno != EINTR) throw system_error(errno, "cannot wait for", command_.arguments.front());
        return result == 0 && info.si_pid == pid_;
    }

    void read_output() {
        std::array<char, 65536> buffer{};
        while (reader_) {
            const ssize_t count = ::read(reader_.get(), buffer.data(), buffer.size());
            if (count < 0 && errno == EINTR) continue;
            if (count < 0 && errno == EAGAIN) return;
            if (count <= 0) return reader_.reset();
            const std::size_t kept = std::min(static_cast<std::size_t>(count), output_limit - outcome_.output.size());
            outcome_.output.append(buffer.data(), kept);
            if (kept < static_cast<std::size_t>(count)) outcome_.output_truncated = true;
        }
    }

    void reap() {
        int status = 0;
        struct rusage usage {};
        while (::wait4(pid_, &status, 0, &usage) < 0) {
            if (errno != EINTR) throw system_error(errno, "cannot wait for", command_.arguments.front());
        }
        const auto seconds = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        outcome_.seconds = elapsed_seconds();
        outcome_.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
        outcome_.end = WIFSIGNALED(status) ? Outcome::End::signalled : Outcome::End::exited;
        outcome_.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    }

    void stop_and_reap() {
        stop_group(pid_, [this] { read_output(); });
        reap();
    }

    const Command& command_;
    Clock::time_point started_;
    UniqueFd reader_;      // of the captured output
    UniqueFd output_end_;  // the child's stdout, and stderr unless it has its own
    UniqueFd error_end_;
    pid_t pid_ = -1;
    Outcome outcome_;
};

void log_start(const Command& command, std::uint64_t number) {
    if (!log::enabled(log::Level::debug)) return;
    log::Event event{
        .level = log::Level::debug, .message = "runs: " + shell_join(command.arguments), .kind = "command"};
    if (!command.directory.empty()) event.message += ", in " + command.directory.string();
    event.details = {{"arguments", command.arguments}, {"directory", command.directory.string()}, {"number", number}};
    if (!command.log.empty()) event.details.emplace_back("log", command.log.string());
    log::post(event);
}

/// Several commands may run at a time: the number of one is in the event of its start and in that of its end.
std::uint64_t next_number() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

void log_end(const Command& command, std::uint64_t number, const std::string& how, double seconds, double cpu_seconds) {
    if (!log::enabled(log::Level::debug)) return;
    const std::string& program = command.arguments.front();
    log::Event event{.level = log::Level::debug,
                     .message = program + " " + how + " after " + human_duration(seconds),
                     .kind = "command-end"};
    event.details = {
        {"program", program}, {"number", number}, {"outcome", how}, {"seconds", seconds}, {"cpu_seconds", cpu_seconds}};
    log::post(event);
}

}  // namespace

Outcome run(const Command& command) {
    if (command.arguments.empty()) throw Error("cannot start a program", "", "none was named");
    throw_if_interrupted();
    const std::uint64_t number = next_number();
    const Clock::time_point started = Clock::now();
    log_start(command, number);
    try {
        Outcome outcome = Watch(command).run();
        log_end(command, number, outcome.describe(), outcome.seconds, outcome.cpu_seconds);
        return outcome;
    } catch (const Error& error) {
        const bool interrupted = error.kind() == ErrorKind::interrupted;
        log_end(command, number, interrupted ? "was interrupted" : "failed: " + error.reason(),
                std::chrono::duration<double>(Clock::now() - started).count(), 0);
        throw;
    }
}

}  // namespace pystacks::process
