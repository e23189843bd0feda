#include "sandbox/entry.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <linux/seccomp.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "sandbox/advice.hpp"
#include "sandbox/landlock.hpp"
#include "sandbox/privileges.hpp"
#include "sandbox/root_builder.hpp"

namespace pystacks::sandbox {
namespace {

using Step = FailedStep::Step;
constexpr int not_entered = 127;

/// Closes all descriptors but one, which becomes number 0.
void keep_only(int fd) noexcept {
    if (fd != 0) ::dup2(fd, 0);
    ::syscall(SYS_close_range, 1U, ~0U, 0U);
}

/// Takes the terminal away: what runs in a sandbox cannot open it as /dev/tty.
void leave_terminal() noexcept {
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0) return;  // there is none
    ::ioctl(terminal, TIOCNOTTY);
    ::close(terminal);
}

/// Outside: ends as the program ends. Signals to this process group reach the program by themselves.
[[noreturn]] void end_like(pid_t first, int statuses) noexcept {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTTOU, SIGTTIN, SIGTSTP}) ::signal(signal, SIG_IGN);
    keep_only(statuses);
    int status = 0;
    const bool told = ::read(0, &status, sizeof status) == static_cast<ssize_t>(sizeof status);
    int first_status = 0;
    while (::waitpid(first, &first_status, 0) < 0 && errno == EINTR) {
    }
    // Process 1 was killed: from outside, or by the kernel for want of memory.
    if (!told) status = WIFSIGNALED(first_status) ? first_status : not_entered << 8;
    if (WIFEXITED(status)) ::_exit(WEXITSTATUS(status));
    const rlimit no_core{0, 0};
    ::setrlimit(RLIMIT_CORE, &no_core);
    ::signal(WTERMSIG(status), SIG_DFL);
    ::raise(WTERMSIG(status));
    ::_exit(not_entered);
}

/// Process 1 gets every process whose parent has ended. When it ends itself, the kernel ends all others.
[[noreturn]] void be_first_process(pid_t program, int statuses) noexcept {
    keep_only(statuses);
    for (;;) {
        int status = 0;
        const pid_t ended = ::waitpid(-1, &status, 0);
        if (ended != program) continue;
        // The caller may be gone; then nobody needs the report.
        [[maybe_unused]] const ssize_t written = ::write(0, &status, sizeof status);
        ::_exit(0);
    }
}

void raise_loopback() noexcept {
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request{};
    request.ifr_name[0] = 'l';
    request.ifr_name[1] = 'o';
    if (socket < 0) return;  // what needs it will say so
    if (::ioctl(socket, SIOCGIFFLAGS, &request) == 0) {
        request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
        ::ioctl(socket, SIOCSIFFLAGS, &request);
    }
    ::close(socket);
}

FailedStep leave_namespaces(const Plan& plan) noexcept {
    if (plan.user_namespace() >= 0 && ::setns(plan.user_namespace(), CLONE_NEWUSER) != 0) {
        return {Step::user_namespace, 0, errno};
    }
    const int own = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWNET | CLONE_NEWCGROUP;
    if (::unshare(own) != 0) return {Step::namespaces, 0, errno};
    return {};
}

/// In process 1.
FailedStep set_up(const Plan& plan) noexcept {
    if (const FailedStep failure = build_root(plan)) return failure;
    constexpr std::string_view name = "localhost";
    ::sethostname(name.data(), name.size());
    raise_loopback();
    if (const int problem = set_limits()) return {Step::limits, 0, problem};
    return {};
}

/// In the process that is to execute the program.
FailedStep give_up(const Plan& plan) noexcept {
    ::setgroups(0, nullptr);  // refused where nothing is lost: the user namespace of another user than root
    // With everything that the caller's caller has left open.
    if (::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC) != 0) return {Step::privileges, 0, errno};
    if (const int problem = drop_privileges()) return {Step::privileges, 0, problem};
    if (const int problem = confine_to_root()) return {Step::landlock, 0, problem};
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &plan.filter(), 0, 0) != 0) return {Step::filter, 0, errno};
    return {};
}

}  // namespace

FailedStep enter(const Plan& plan, int report) noexcept {
    if (!plan.terminal()) leave_terminal();
    if (const FailedStep failure = leave_namespaces(plan)) return failure;
    // The kernel forgets this wish when privileges change.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::array<int, 2> statuses{};
    if (::pipe2(statuses.data(), O_CLOEXEC) != 0) return {Step::first_process, 0, errno};
    const pid_t first = ::_Fork();
    if (first < 0) return {Step::first_process, 0, errno};
    if (first > 0) {
        ::close(report);
        end_like(first, statuses[0]);
    }
    ::close(statuses[0]);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // This process has the caller's memory, with the environment: nobody inside may read it in /proc.
    ::prctl(PR_SET_DUMPABLE, 0);
    // In a new process namespace getppid() is 0, dead or alive; the other end of the pipe tells.
    pollfd alive{statuses[1], 0, 0};
    if (::poll(&alive, 1, 0) != 0) ::_exit(not_entered);
    if (const FailedStep failure = set_up(plan)) return failure;
    const pid_t program = ::_Fork();
    if (program < 0) return {Step::first_process, 0, errno};
    if (program > 0) be_first_process(program, statuses[1]);
    ::close(statuses[1]);
    return give_up(plan);
}

void throw_failed_step(const FailedStep& failed, const Sandbox& sandbox, const std::string& program) {
    const Error plain = system_error(failed.error_number, "", "");
    const auto text = [&]() -> std::string {
        switch (failed.step) {
            case Step::user_namespace:
                return "its user namespace cannot be entered";
            case Step::namespaces:
                return "it cannot have namespaces of its own";
            case Step::first_process:
                return "its first process cannot be started";
            case Step::staging:
                return "its root cannot be built in /tmp";
            case Step::show: {
                const Shown& shown = sandbox.shows.at(static_cast<std::size_t>(failed.number));
                return fmt::format("{} cannot be shown at {}", shown.what.string(), shown.inside.string());
            }
            case Step::devices:
                return "its /dev cannot be made";
            case Step::processes:
                return "its /proc cannot be mounted";
            case Step::root:
                return "its root cannot be entered";
            case Step::limits:
                return "its limits cannot be set";
            case Step::privileges:
                return "its privileges cannot be dropped";
            case Step::landlock:
                return "Landlock refuses its rules";
            case Step::filter:
                return "its system calls cannot be filtered";
            case Step::none:
                break;
        }
        return "it cannot be entered";
    }();
    throw Error("cannot start in a sandbox", program, fmt::format("{}: {}", text, plain.reason()),
                failed.step == Step::processes
                    ? uncover_proc
                    : "this container may allow too little: pystacks needs namespaces, mounts and seccomp in it");
}

}  // namespace pystacks::sandbox
