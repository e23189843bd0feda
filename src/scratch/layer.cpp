#include "scratch/layer.hpp"

#include <array>
#include <cerrno>
#include <set>
#include <string>
#include <utility>

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "process/isolation.hpp"

namespace pystacks::scratch {
namespace {

constexpr const char* cannot_mount = "cannot mount";

/// Top-level folders that a root has for itself.
const std::set<std::string> empty_folders{"dev", "home", "proc", "root", "run", "sys", "tmp"};
/// Top-level folders that packages install to; where they are links (usually /lib to /usr/lib), links.
const std::set<std::string> overlaid{"bin", "etc", "lib", "lib32", "lib64", "opt", "sbin", "srv", "usr", "var"};

void mount_at(const fs::path& target, const char* type, const char* source, unsigned long flags, const char* data) {
    if (::mount(source, target.c_str(), type, flags, data) != 0) {
        throw system_error(errno, cannot_mount, target.string());
    }
}

void mount_overlay(const fs::path& target, const std::vector<fs::path>& lower, const fs::path& upper,
                   const fs::path& work) {
    std::vector<std::string> layers;
    for (const fs::path& layer : lower) layers.push_back(layer.string());
    std::string options = "lowerdir=" + join(layers, ":") + ",upperdir=" + upper.string() + ",workdir=" + work.string();
    // Without real root the overlay's own marks cannot be trusted.* attributes.
    if (process::in_user_namespace()) options += ",userxattr";
    mount_at(target, "overlay", "overlay", 0, options.c_str());
}

/// A new one shows this process namespace alone. Where a container has covered parts of its /proc, the kernel does not
/// let us show a whole one; then it is the container's.
void mount_proc(const fs::path& target) {
    if (::mount("proc", target.c_str(), "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) == 0) return;
    mount_at(target, nullptr, "/proc", MS_BIND | MS_REC, nullptr);
}

/// A bind mount begins with the flags of what it shows. A change has to repeat them: without real root the kernel
/// refuses to take any away.
void make_read_only(const fs::path& target) {
    using Flag = std::pair<unsigned long, unsigned long>;
    constexpr std::array<Flag, 6> kept{Flag{ST_NOSUID, MS_NOSUID},         Flag{ST_NODEV, MS_NODEV},
                                       Flag{ST_NOEXEC, MS_NOEXEC},         Flag{ST_NOATIME, MS_NOATIME},
                                       Flag{ST_NODIRATIME, MS_NODIRATIME}, Flag{ST_RELATIME, MS_RELATIME}};
    struct statvfs now {};
    if (::statvfs(target.c_str(), &now) != 0) throw system_error(errno, cannot_mount, target.string());
    unsigned long flags = MS_REMOUNT | MS_BIND | MS_RDONLY;
    for (const auto& [seen, flag] : kept) {
        if ((now.f_flag & seen) != 0) flags |= flag;
    }
    mount_at(target, nullptr, nullptr, flags, nullptr);
}

}  // namespace

Layer::Layer(fs::path folder, const std::vector<fs::path>& lower) : folder_(std::move(folder)) {
    for (const char* part : {"root", "upper", "work"}) make_directories(folder_ / part);
    try {
        mount_all(lower);
    } catch (const Error&) {
        unmount(root());
        throw;
    }
}

void Layer::mount_folder(const std::string& name, const std::vector<fs::path>& lower) {
    std::vector<fs::path> there;
    for (const fs::path& layer : lower) {
        if (fs::is_directory(layer / name)) there.push_back(layer / name);
    }
    if (there.empty()) {
        make_directories(folder_ / "empty");
        there.push_back(folder_ / "empty");
    }
    for (const fs::path& each : {root() / name, upper() / name, folder_ / "work" / name}) make_directories(each);
    mount_overlay(root() / name, there, upper() / name, folder_ / "work" / name);
}

void Layer::mount_all(const std::vector<fs::path>& lower) {
    // A mount of its own, with which all that is mounted in it goes.
    mount_at(root(), nullptr, root().c_str(), MS_BIND, nullptr);
    mounted_ = true;
    for (const std::string& name : overlaid) {
        const fs::path machines = lower.back() / name;
        if (fs::is_symlink(machines)) {
            fs::copy_symlink(machines, root() / name);
        } else if (fs::is_directory(machines) || name == "opt") {
            mount_folder(name, lower);
        }
    }
    for (const std::string& name : empty_folders) make_directories(root() / name);
    mount_at(root() / "dev", nullptr, "/dev", MS_BIND | MS_REC, nullptr);
    // Shared memory and message queues of the machine's are nobody's business here, and would outlive a check.
    if (fs::is_directory(root() / "dev/shm")) {
        mount_at(root() / "dev/shm", "tmpfs", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
    }
    if (fs::is_directory(root() / "dev/mqueue")) {
        mount_at(root() / "dev/mqueue", "mqueue", "mqueue", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr);
    }
    mount_proc(root() / "proc");
    mount_at(root() / "tmp", "tmpfs", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
}

void Layer::bind(const fs::path& folder, const fs::path& inside) {
    const fs::path target = root() / inside.relative_path();
    make_directories(target);
    mount_at(target, nullptr, folder.c_str(), MS_BIND | MS_REC, nullptr);
}

void Layer::show(const fs::path& what, const fs::path& inside) {
    std::error_code problem;
    if (!fs::exists(what, problem)) {
        throw Error("cannot show in the scratch root", what.string(), "there is no such file or folder");
    }
    const fs::path target = root() / inside.relative_path();
    // The kernel would follow a link there, out of the root.
    if (fs::is_symlink(target, problem) && !fs::remove(target, problem)) {
        throw system_error(problem.value(), "cannot replace in the scratch root", target.string());
    }
    const bool folder = fs::is_directory(what, problem);
    make_directories(folder ? target : target.parent_path());
    if (!folder && !fs::exists(target, problem)) write_file_atomically(target, "");
    mount_at(target, nullptr, what.c_str(), MS_BIND | MS_REC, nullptr);
    make_read_only(target);
}

Layer::~Layer() {
    freeze();
    try {
        remove_tree(folder_);
    } catch (const std::exception&) {
        // It lies in memory that goes with this process.
    }
}

void Layer::freeze() {
    if (mounted_) unmount(root());
    mounted_ = false;
}

void mount_memory(const fs::path& folder) { mount_at(folder, "tmpfs", "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755"); }

void unmount(const fs::path& folder) noexcept { ::umount2(folder.c_str(), MNT_DETACH); }

}  // namespace pystacks::scratch
