#include "process/isolation.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "process/command.hpp"
#include "process/interruption.hpp"
#include "sandbox/advice.hpp"

namespace pystacks::process {
namespace {

using Clock = std::chrono::steady_clock;
constexpr const char* cannot_isolate = "cannot make a scratch root";
constexpr std::chrono::seconds patience{10};

/// /proc files take what they get in one write.
void write_proc(const char* path, const std::string& text) {
    const UniqueFd file = open_file(path, O_WRONLY, cannot_isolate);
    write_all(file.get(), text, path);
}

void enter_namespaces() {
    const uid_t uid = ::geteuid();
    const gid_t gid = ::getegid();
    const int namespaces = CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC;
    if (::unshare(uid == 0 ? namespaces : namespaces | CLONE_NEWUSER) != 0) {
        const int why = errno;
        const Error plain = system_error(why, cannot_isolate, "unshare");
        throw Error(cannot_isolate, "", plain.reason(),
                    uid == 0 ? "this container may not make namespaces: allow it, or verify an existing root (--root)"
                             : sandbox::let_users_make_namespaces);
    }
    if (uid != 0) {
        write_proc("/proc/self/setgroups", "deny");
        write_proc("/proc/self/uid_map", fmt::format("0 {} 1", uid));
        write_proc("/proc/self/gid_map", fmt::format("0 {} 1", gid));
    }
}

/// Sets and clears attributes of a mount and of all below it.
void change_mounts(const std::filesystem::path& path, std::uint64_t set, std::uint64_t clear) {
    mount_attr change{};
    change.attr_set = set;
    change.attr_clr = clear;
    if (::syscall(SYS_mount_setattr, AT_FDCWD, path.c_str(), AT_RECURSIVE, &change, sizeof change) != 0) {
        throw system_error(errno, cannot_isolate, path.string());
    }
}

/// Process 1 of a namespace gets every process whose parent has ended, and has to take them off the kernel's hands: a
/// program that waits for its grandchild to vanish would wait for ever. So the work is a child's, and this one reaps.
[[noreturn]] void reap_until_done(pid_t worker) {
    bool told = false;
    for (;;) {
        int status = 0;
        const pid_t ended = ::waitpid(-1, &status, WNOHANG);
        if (ended == worker) ::_exit(shell_status(status));
        if (ended > 0) continue;
        if (interruption_requested() && !told) {
            ::kill(worker, SIGTERM);
            told = true;
        }
        constexpr int milliseconds = 20;
        ::poll(nullptr, 0, milliseconds);
    }
}

[[noreturn]] void be_first_process(const std::function<int()>& work, int parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // In a new process namespace getppid() is 0, dead or alive; the end of this pipe tells.
    pollfd alive{parent, POLLIN, 0};
    if (::poll(&alive, 1, 0) != 0) ::_exit(signal_base);
    const pid_t worker = ::fork();
    if (worker == 0) ::_exit(work());
    if (worker < 0) ::_exit(signal_base);
    reap_until_done(worker);
}

/// @returns the wait status
int wait_for(pid_t child) {
    const UniqueFd ended(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    std::array<pollfd, 2> watched{{{ended.get(), POLLIN, 0}, {interruption_descriptor(), POLLIN, 0}}};
    Clock::time_point deadline = Clock::time_point::max();
    for (;;) {
        int status = 0;
        const pid_t waited = ::waitpid(child, &status, WNOHANG);
        if (waited == child) return status;
        if (waited < 0 && errno != EINTR) throw system_error(errno, "cannot wait for", "the verifying process");
        if (interruption_requested() && deadline == Clock::time_point::max()) {
            ::kill(child, SIGTERM);
            deadline = Clock::now() + patience;
            watched[1].fd = -1;  // it stays readable
        }
        if (Clock::now() > deadline) ::kill(child, SIGKILL);
        // Without a pidfd (kernels before 5.3) nothing says that the child has ended.
        const bool wait = ended && deadline == Clock::time_point::max();
        ::poll(watched.data(), watched.size(), wait ? -1 : 100);
    }
}

}  // namespace

int run_isolated(const std::function<int()>& work) {
    enter_namespaces();
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error(errno, cannot_isolate, "pipe");
    const UniqueFd child_end(ends[0]);
    UniqueFd parent_end(ends[1]);
    const pid_t child = ::fork();
    if (child < 0) throw system_error(errno, cannot_isolate, "fork");
    if (child == 0) {
        parent_end.reset();
        be_first_process(work, child_end.get());
    }
    const int status = wait_for(child);
    const int code = shell_status(status);
    if (code <= signal_base || code == exit_code(ErrorKind::interrupted)) return code;
    throw_if_interrupted();
    throw Error("cannot finish", "",
                fmt::format("the process that did it was killed by SIG{}", ::sigabbrev_np(code - signal_base)),
                "SIGKILL usually means that memory ran out: scratch roots are in memory");
}

void protect_machine(const std::filesystem::path& temporary, std::vector<std::filesystem::path> writable) {
    writable.push_back(temporary);
    if (::unshare(CLONE_NEWNS) != 0) throw system_error(errno, cannot_isolate, "unshare");
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
        throw system_error(errno, cannot_isolate, "/");
    }
    // The machine's /proc has other numbers for processes than this process namespace.
    if (::mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) != 0) {
        const Error plain = system_error(errno, cannot_isolate, "/proc");
        throw Error(cannot_isolate, "/proc", plain.reason(), sandbox::uncover_proc);
    }
    for (const std::filesystem::path& folder : writable) {
        if (::mount(folder.c_str(), folder.c_str(), nullptr, MS_BIND | MS_REC, nullptr) != 0) {
            throw system_error(errno, cannot_isolate, folder.string());
        }
    }
    change_mounts("/", MOUNT_ATTR_RDONLY, 0);
    for (const std::filesystem::path& folder : writable) change_mounts(folder, 0, MOUNT_ATTR_RDONLY);
    // A sandbox's user namespace is set up there.
    change_mounts("/proc", 0, MOUNT_ATTR_RDONLY);
    ::setenv("TMPDIR", temporary.c_str(), 1);  // the one that was set is read only now
}

bool in_user_namespace() {
    // The initial namespace maps all ids onto themselves: "0 0 4294967295".
    const std::string map = read_file("/proc/self/uid_map");
    return map.find("4294967295") == std::string::npos;
}

}  // namespace pystacks::process
