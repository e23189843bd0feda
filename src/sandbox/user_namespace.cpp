#include "sandbox/user_namespace.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sstream>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.hpp"
#include "log/log.hpp"
#include "sandbox/advice.hpp"

namespace pystacks::sandbox {
namespace {

constexpr const char* cannot_make = "cannot make a sandbox";

struct Pipe {
    UniqueFd read_end, write_end;
    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error(errno, cannot_make, "pipe");
        read_end.reset(ends[0]);
        write_end.reset(ends[1]);
    }
};

/// A map that gives every number of this namespace the same number in the new one. @param map "uid_map", "gid_map"
std::string same_numbers(const std::string& map) {
    std::istringstream lines(read_file("/proc/self/" + map));
    std::string result;
    for (std::string first, outside, count; lines >> first >> outside >> count;) {
        result += fmt::format("{0} {0} {1}\n", first, count);
    }
    return result;
}

/// /proc files take what they get in one write.
void write_proc(const fs::path& path, const std::string& text) {
    const UniqueFd file = open_file(path, O_WRONLY, cannot_make);
    write_all(file.get(), text, path);
}

/// What the child says. It is written in one piece.
struct Report {
    int error_number = ECHILD;
    std::array<char, 32> number{};  ///< of the child in the /proc that both see: that may be another namespace's
};

[[noreturn]] void be_owner(int tell, int released) {
    Report report;
    const bool made =
        ::unshare(CLONE_NEWUSER) == 0 && ::readlink("/proc/self", report.number.data(), report.number.size() - 1) > 0;
    report.error_number = made ? 0 : errno;
    if (::write(tell, &report, sizeof report) < 0) ::_exit(1);
    char nothing = 0;
    [[maybe_unused]] const ssize_t ended = ::read(released, &nothing, 1);
    ::_exit(0);
}

UniqueFd open_namespace(const std::string& number) {
    const bool root = ::geteuid() == 0;
    const fs::path process = fs::path("/proc") / number;
    if (!root) write_proc(process / "setgroups", "deny");
    write_proc(process / "uid_map", root ? same_numbers("uid_map") : fmt::format("0 {} 1", ::geteuid()));
    write_proc(process / "gid_map", root ? same_numbers("gid_map") : fmt::format("0 {} 1", ::getegid()));
    return open_file(process / "ns/user", O_RDONLY, cannot_make);
}

}  // namespace

UniqueFd make_user_namespace() {
    Pipe report, release;
    const pid_t child = ::fork();
    if (child < 0) throw system_error(errno, cannot_make, "fork");
    if (child == 0) {
        ::close(release.write_end.get());
        be_owner(report.write_end.get(), release.read_end.get());
    }
    report.write_end.reset();  // so that a child that dies ends what is read from it
    Report said;
    std::array<char, sizeof said> bytes{};
    if (read_some(report.read_end.get(), bytes.data(), bytes.size(), "the child's report") == bytes.size()) {
        std::memcpy(&said, bytes.data(), bytes.size());
    }
    UniqueFd made;
    std::string reason;
    if (said.error_number == 0) {
        try {
            made = open_namespace(said.number.data());
        } catch (const Error& error) {
            reason = error.what();
        }
    } else {
        reason = system_error(said.error_number, cannot_make, "").reason();
    }
    ::kill(child, SIGKILL);
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
    // Root has few capabilities in place of it, but only where the kernel does not let anybody make one.
    const bool not_allowed = said.error_number == EPERM || said.error_number == ENOSPC || said.error_number == ENOSYS ||
                             said.error_number == EINVAL;
    if (!made && (::geteuid() != 0 || !not_allowed)) throw Error(cannot_make, "", reason, let_users_make_namespaces);
    if (!made) {
        log::say(log::Level::warning, "this machine does not give root a user namespace (" + reason +
                                          "): programs in sandboxes keep a few of root's own privileges");
    }
    return made;
}

}  // namespace pystacks::sandbox
