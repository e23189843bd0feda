#include "sandbox/privileges.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace pystacks::sandbox {
namespace {

constexpr std::uint64_t bit(unsigned capability) { return std::uint64_t{1} << capability; }

/// What scriptlets and rpm do in a root: owners, modes and capabilities of files, other users' processes, chroot.
constexpr std::uint64_t kept = bit(CAP_CHOWN) | bit(CAP_DAC_OVERRIDE) | bit(CAP_FOWNER) | bit(CAP_FSETID) |
                               bit(CAP_KILL) | bit(CAP_SETGID) | bit(CAP_SETUID) | bit(CAP_SETPCAP) | bit(CAP_SETFCAP) |
                               bit(CAP_SYS_CHROOT) | bit(CAP_NET_BIND_SERVICE);

}  // namespace

int drop_privileges() noexcept {
    constexpr unsigned most = 64;
    for (unsigned each = 0; each < most; ++each) {
        if ((kept & bit(each)) != 0) continue;
        if (::prctl(PR_CAPBSET_DROP, each, 0, 0, 0) == 0) continue;
        if (errno == EINVAL) break;  // the kernel knows no more
        return errno;
    }
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, 2> data{};
    if (::syscall(SYS_capget, &header, data.data()) != 0) return errno;
    constexpr unsigned width = 32;
    const std::array<std::uint32_t, 2> halves{static_cast<std::uint32_t>(kept),
                                              static_cast<std::uint32_t>(kept >> width)};
    for (std::size_t half = 0; half < data.size(); ++half) {
        data.at(half).effective &= halves.at(half);
        data.at(half).permitted &= halves.at(half);
        data.at(half).inheritable = 0;
    }
    if (::syscall(SYS_capset, &header, data.data()) != 0) return errno;
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : errno;
}

int set_limits() noexcept {
    struct Limit {
        __rlimit_resource resource;
        rlim_t most;
    };
    // A core file of at most one byte: the kernel takes that as the wish to start no program for it either (core(5)).
    constexpr std::array<Limit, 3> limits{Limit{RLIMIT_CORE, 1}, Limit{RLIMIT_NPROC, 16384},
                                          Limit{RLIMIT_MSGQUEUE, rlim_t{1} << 20U}};
    for (const Limit& limit : limits) {
        rlimit now{};
        if (::getrlimit(limit.resource, &now) != 0) return errno;
        const rlimit wanted{now.rlim_cur < limit.most ? now.rlim_cur : limit.most,
                            now.rlim_max < limit.most ? now.rlim_max : limit.most};
        if (::setrlimit(limit.resource, &wanted) != 0) return errno;
    }
    return 0;
}

}  // namespace pystacks::sandbox
