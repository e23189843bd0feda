#include "sandbox/system_call_filter.hpp"

#include <cerrno>
#include <memory>
#include <string>

#include <linux/sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks::sandbox {
namespace {

constexpr const char* cannot_filter = "cannot make the filter of system calls";

/// By name: which of them exist depends on the processor.
constexpr const char* refused[] = {
    // mounts
    "mount",
    "umount",
    "umount2",
    "pivot_root",
    "move_mount",
    "open_tree",
    "open_tree_attr",
    "mount_setattr",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "setns",
    "swapon",
    "swapoff",
    "quotactl",
    "quotactl_fd",
    // the kernel itself
    "init_module",
    "finit_module",
    "delete_module",
    "create_module",
    "kexec_load",
    "kexec_file_load",
    "bpf",
    "perf_event_open",
    "reboot",
    "syslog",
    "acct",
    "iopl",
    "ioperm",
    "lookup_dcookie",
    "nfsservctl",
    "vhangup",
    // the clock
    "settimeofday",
    "clock_settime",
    "clock_settime64",
    "stime",
    "clock_adjtime",
    "clock_adjtime64",
    "adjtimex",
    // keyrings know no namespaces
    "add_key",
    "request_key",
    "keyctl",
    // files by number instead of by path
    "open_by_handle_at",
    // what programs are attacked by, and no package needs
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
};

constexpr unsigned new_namespaces[] = {CLONE_NEWNS,  CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
                                       CLONE_NEWPID, CLONE_NEWUSER,   CLONE_NEWNET};

class Filter {
public:
    Filter() : context_(::seccomp_init(SCMP_ACT_ALLOW), ::seccomp_release) {
        if (!context_) throw Error(cannot_filter, "", "libseccomp cannot make one");
        // 32-bit calls have other numbers.
        switch (::seccomp_arch_native()) {
            case SCMP_ARCH_X86_64:
                add_processor(SCMP_ARCH_X86);
                add_processor(SCMP_ARCH_X32);
                break;
            case SCMP_ARCH_AARCH64:
                add_processor(SCMP_ARCH_ARM);
                break;
            default:
                break;
        }
    }

    void refuse(const char* name, int error_number, const std::vector<scmp_arg_cmp>& when = {}) {
        const int number = ::seccomp_syscall_resolve_name(name);
        if (number == __NR_SCMP_ERROR) return;  // libseccomp is older than the call
        require(::seccomp_rule_add_array(context_.get(), SCMP_ACT_ERRNO(static_cast<unsigned>(error_number)), number,
                                         static_cast<unsigned>(when.size()), when.data()),
                name);
    }

    [[nodiscard]] std::vector<sock_filter> program() {
        // A binary tree instead of a list: libseccomp 2.5, and without it only slower.
        ::seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
        const UniqueFd file(::memfd_create("filter", MFD_CLOEXEC));
        if (!file) throw system_error(errno, cannot_filter, "");
        require(::seccomp_export_bpf(context_.get(), file.get()), "");
        struct stat about {};
        if (::fstat(file.get(), &about) != 0) throw system_error(errno, cannot_filter, "");
        std::vector<sock_filter> program(static_cast<std::size_t>(about.st_size) / sizeof(sock_filter));
        const auto size = static_cast<ssize_t>(program.size() * sizeof(sock_filter));
        if (::pread(file.get(), program.data(), static_cast<std::size_t>(size), 0) != size) {
            throw system_error(errno, cannot_filter, "");
        }
        return program;
    }

private:
    void add_processor(std::uint32_t which) {
        const int result = ::seccomp_arch_add(context_.get(), which);
        if (result != -EEXIST) require(result, "");
    }

    static void require(int result, const char* subject) {
        if (result < 0) throw system_error(-result, cannot_filter, subject);
    }

    std::unique_ptr<void, void (*)(scmp_filter_ctx)> context_;
};

}  // namespace

std::vector<sock_filter> make_system_call_filter() {
    Filter filter;
    for (const char* name : refused) filter.refuse(name, EPERM);
    // Where the stack comes first: clone(2), "C library/kernel differences".
    const unsigned flags_of_clone = ::seccomp_arch_native() == SCMP_ARCH_S390X ? 1 : 0;
    for (const unsigned flag : new_namespaces) {
        filter.refuse("unshare", EPERM, {SCMP_A0_64(SCMP_CMP_MASKED_EQ, flag, flag)});
        filter.refuse("clone", EPERM, {scmp_arg_cmp{flags_of_clone, SCMP_CMP_MASKED_EQ, flag, flag}});
    }
    filter.refuse("clone3", ENOSYS);
    // Of an int argument, the kernel looks at the lower half of the register only.
    constexpr std::uint64_t lower_half = 0xffffffff;
    // Sockets between virtual machines and their host know no namespaces.
    filter.refuse("socket", EPERM, {SCMP_A0_64(SCMP_CMP_MASKED_EQ, lower_half, AF_VSOCK)});
    // Both put input into the terminal as if it were typed.
    for (const unsigned long request : {static_cast<unsigned long>(TIOCSTI), static_cast<unsigned long>(TIOCLINUX)}) {
        filter.refuse("ioctl", EPERM, {SCMP_A1_64(SCMP_CMP_MASKED_EQ, lower_half, request)});
    }
    return filter.program();
}

}  // namespace pystacks::sandbox
