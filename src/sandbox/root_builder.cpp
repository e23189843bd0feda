#include "sandbox/root_builder.hpp"

#include <array>
#include <cerrno>
#include <cstddef>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace pystacks::sandbox {
namespace {

using Step = FailedStep::Step;

constexpr const char* staging = "/tmp";
constexpr mode_t folder_mode = 0755;
constexpr mode_t everybody = 0666;

FailedStep failed(Step step, int number = 0) noexcept { return {step, number, errno}; }

/// Sets attributes of a mount and of all below it.
bool set_attributes(const char* path, std::uint64_t attributes) noexcept {
    mount_attr wanted{};
    wanted.attr_set = attributes;
    return ::syscall(SYS_mount_setattr, AT_FDCWD, path, AT_RECURSIVE, &wanted, sizeof wanted) == 0;
}

bool make_folder(const char* path) noexcept { return ::mkdir(path, folder_mode) == 0 || errno == EEXIST; }

bool make_file(const char* path) noexcept {
    const int file = ::open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, everybody);
    if (file < 0) return false;
    ::close(file);
    return true;
}

bool show(const char* what, const char* inside) noexcept {
    return ::mount(what, inside, nullptr, MS_BIND | MS_REC, nullptr) == 0;
}

bool memory(const char* inside, const char* options) noexcept {
    return ::mount("tmpfs", inside, "tmpfs", MS_NOSUID | MS_NODEV, options) == 0;
}

bool cover(const char* folder, bool holds_mounts) noexcept {
    unsigned long flags = MS_NOSUID | MS_NODEV;
    if (!holds_mounts) flags |= MS_RDONLY;
    return ::mount("tmpfs", folder, "tmpfs", flags, "size=4k,mode=0755") == 0;
}

/// What has gone since it was found needs no hiding.
bool hide(const Plan::Mount& mount) noexcept {
    const char* inside = mount.inside.c_str();
    const bool hidden = mount.folder ? cover(inside, mount.holds_mounts) : show("/old/dev/null", inside);
    return hidden || errno == ENOENT;
}

bool make(const Plan::Mount& mount) noexcept {
    if (mount.how == Shown::How::hidden) return hide(mount);
    for (const std::string& parent : mount.parents) {
        if (!make_folder(parent.c_str())) return false;
    }
    const char* inside = mount.inside.c_str();
    if (mount.how == Shown::How::link) return ::symlink(mount.what.c_str(), inside) == 0;
    if (!(mount.folder ? make_folder(inside) : make_file(inside))) return false;
    if (mount.how == Shown::How::memory) return memory(inside, "mode=0755");
    if (!show(mount.what.c_str(), inside)) return false;
    constexpr std::uint64_t harmless = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
    return set_attributes(inside, mount.how == Shown::How::read_only ? harmless | MOUNT_ATTR_RDONLY : harmless);
}

/// The machine's root goes to /old of a new file system, in which the new root is built.
FailedStep go_to_staging() noexcept {
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return failed(Step::staging);
    if (!memory(staging, "mode=0755,size=1m") || ::chdir(staging) != 0) return failed(Step::staging);
    if (!make_folder("old") || !make_folder("new")) return failed(Step::staging);
    if (::syscall(SYS_pivot_root, ".", "old") != 0 || ::chdir("/") != 0) return failed(Step::staging);
    return {};
}

struct Link {
    const char* target;
    const char* path;
};

/// What programs expect, and none of the machine's disks. In a user namespace nobody can make devices, so they are the
/// machine's, each shown by itself.
FailedStep make_devices() noexcept {
    constexpr std::array<std::array<const char*, 2>, 6> devices{{{"/old/dev/null", "/new/dev/null"},
                                                                 {"/old/dev/zero", "/new/dev/zero"},
                                                                 {"/old/dev/full", "/new/dev/full"},
                                                                 {"/old/dev/random", "/new/dev/random"},
                                                                 {"/old/dev/urandom", "/new/dev/urandom"},
                                                                 {"/old/dev/tty", "/new/dev/tty"}}};
    constexpr std::array<Link, 5> links{{{"/proc/self/fd", "/new/dev/fd"},
                                         {"/proc/self/fd/0", "/new/dev/stdin"},
                                         {"/proc/self/fd/1", "/new/dev/stdout"},
                                         {"/proc/self/fd/2", "/new/dev/stderr"},
                                         {"pts/ptmx", "/new/dev/ptmx"}}};
    if (!make_folder("/new/dev") || !memory("/new/dev", "mode=0755,size=64k")) return failed(Step::devices);
    for (const auto& [machines, ours] : devices) {
        if (!make_file(ours) || !show(machines, ours)) return failed(Step::devices);
    }
    for (const Link& link : links) {
        if (::symlink(link.target, link.path) != 0) return failed(Step::devices);
    }
    if (!make_folder("/new/dev/pts") || !make_folder("/new/dev/shm")) return failed(Step::devices);
    // Group 5 is tty; it does not exist in the user namespace of another user than root.
    const unsigned long flags = MS_NOSUID | MS_NOEXEC;
    if (::mount("devpts", "/new/dev/pts", "devpts", flags, "newinstance,ptmxmode=0666,mode=0620,gid=5") != 0 &&
        ::mount("devpts", "/new/dev/pts", "devpts", flags, "newinstance,ptmxmode=0666,mode=0620") != 0) {
        return failed(Step::devices);
    }
    if (!memory("/new/dev/shm", "mode=1777")) return failed(Step::devices);
    return {};
}

/// Some files of /proc describe the machine or steer it. Container engines hide the same ones.
FailedStep make_processes() noexcept {
    constexpr std::array<const char*, 13> hidden_files{
        "/new/proc/kcore",      "/new/proc/keys",         "/new/proc/key-users",     "/new/proc/latency_stats",
        "/new/proc/timer_list", "/new/proc/sched_debug",  "/new/proc/sysrq-trigger", "/new/proc/vmallocinfo",
        "/new/proc/slabinfo",   "/new/proc/pagetypeinfo", "/new/proc/kpageflags",    "/new/proc/kpagecount",
        "/new/proc/kpagecgroup"};
    constexpr std::array<const char*, 3> hidden_folders{"/new/proc/acpi", "/new/proc/scsi", "/new/proc/pressure"};
    constexpr std::array<const char*, 8> read_only{"/new/proc/bus",    "/new/proc/fs",  "/new/proc/irq",
                                                   "/new/proc/asound", "/new/proc/sys", "/new/proc/driver",
                                                   "/new/proc/tty",    "/new/proc/mtrr"};
    if (!make_folder("/new/proc")) return failed(Step::processes);
    if (::mount("proc", "/new/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) != 0) {
        return failed(Step::processes);
    }
    struct stat there {};
    for (const char* path : hidden_files) {
        if (::stat(path, &there) == 0 && !show("/new/dev/null", path)) return failed(Step::processes);
    }
    for (const char* path : hidden_folders) {
        if (::stat(path, &there) == 0 && ::mount("tmpfs", path, "tmpfs", MS_RDONLY, "size=4k") != 0) {
            return failed(Step::processes);
        }
    }
    for (const char* path : read_only) {
        if (::stat(path, &there) != 0) continue;
        if (!show(path, path) || !set_attributes(path, MOUNT_ATTR_RDONLY)) return failed(Step::processes);
    }
    return {};
}

/// The old root ends up over the new one, and is detached with everything in it.
FailedStep enter_new_root() noexcept {
    if (::chdir(new_root) != 0 || ::syscall(SYS_pivot_root, ".", ".") != 0) return failed(Step::root);
    if (::umount2(".", MNT_DETACH) != 0 || ::chdir("/") != 0) return failed(Step::root);
    return {};
}

}  // namespace

FailedStep build_root(const Plan& plan) noexcept {
    if (const FailedStep failure = go_to_staging()) return failure;
    int number = 0;
    for (const Plan::Mount& mount : plan.mounts()) {
        if (!make(mount)) return failed(Step::show, number);
        ++number;
    }
    if (const FailedStep failure = make_devices()) return failure;
    if (const FailedStep failure = make_processes()) return failure;
    if (!plan.inner_devices().empty()) {
        if (!show("/new/dev", plan.inner_devices().c_str())) return failed(Step::devices);
        if (!show("/new/proc", plan.inner_processes().c_str())) return failed(Step::processes);
    }
    return enter_new_root();
}

}  // namespace pystacks::sandbox
