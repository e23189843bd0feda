#include "sandbox/landlock.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace pystacks::sandbox {
namespace {

// The kernel's interface grows; these are its structures and numbers as of version 6 (Linux 6.12), of which the
// kernel is given as much as its version knows. Source: Documentation/userspace-api/landlock.rst.
struct RulesetAttributes {
    std::uint64_t files;
    std::uint64_t network;
    std::uint64_t scoped;
};
struct [[gnu::packed]] PathBeneath {
    std::uint64_t allowed;
    std::int32_t parent;
};
constexpr int rule_path_beneath = 1;
constexpr unsigned ask_version = 1;

constexpr std::uint64_t write_file = 1U << 1U;
constexpr std::uint64_t read_file = 1U << 2U;
constexpr std::uint64_t up_to_refer = (1U << 14U) - 1;  // version 2
constexpr std::uint64_t truncate = 1U << 14U;           // version 3
constexpr std::uint64_t device_ioctl = 1U << 15U;       // version 5
constexpr std::uint64_t both_scopes = 3;                // abstract sockets, signals: version 6

std::uint64_t known_rights(long version) noexcept {
    std::uint64_t rights = up_to_refer;
    if (version >= 3) rights |= truncate;
    if (version >= 5) rights |= device_ioctl;
    return rights;
}

std::size_t known_size(long version) noexcept {
    if (version >= 6) return sizeof(RulesetAttributes);
    return version >= 4 ? offsetof(RulesetAttributes, scoped) : offsetof(RulesetAttributes, network);
}

int allow(int ruleset, int file, std::uint64_t rights) noexcept {
    const PathBeneath rule{rights, file};
    return ::syscall(SYS_landlock_add_rule, ruleset, rule_path_beneath, &rule, 0) == 0 ? 0 : errno;
}

/// Of a file that is open: to read what is open for reading, and to write what is open for writing.
std::uint64_t rights_of(int file) noexcept {
    const int flags = ::fcntl(file, F_GETFL);
    if (flags < 0) return 0;
    const int access = flags & O_ACCMODE;
    std::uint64_t rights = device_ioctl;
    if (access != O_WRONLY) rights |= read_file;
    if (access != O_RDONLY) rights |= write_file | truncate;
    return rights;
}

}  // namespace

int confine_to_root() noexcept {
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, ask_version);
    if (version < 2) return 0;
    const std::uint64_t rights = known_rights(version);
    const RulesetAttributes attributes{rights, 0, version >= 6 ? both_scopes : 0};
    const auto ruleset = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, known_size(version), 0));
    if (ruleset < 0) return errno;
    const int root = ::open("/", O_PATH | O_CLOEXEC);
    if (root < 0) return errno;
    int problem = allow(ruleset, root, rights);
    ::close(root);
    // Scripts open /dev/stdout and /dev/stderr: that is the log. Pipes need no rule, and the kernel says so.
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (problem != 0) break;
        const int refused = allow(ruleset, standard, rights & rights_of(standard));
        if (refused != EBADFD && refused != EBADF && refused != EINVAL) problem = refused;
    }
    if (problem == 0 && ::syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) problem = errno;
    ::close(ruleset);
    return problem;
}

}  // namespace pystacks::sandbox
