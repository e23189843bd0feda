#include "scratch/layer.hpp"

#include <cerrno>
#include <set>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "process/isolation.hpp"
#include "scratch/contained_path.hpp"

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

/// A path in the options of an overlay, where a backslash protects what separates paths and options.
std::string in_option(const fs::path& path) {
    std::string text;
    for (const char each : path.string()) {
        if (each == '\\' || each == ',' || each == ':') text += '\\';
        text += each;
    }
    return text;
}

void mount_overlay(const fs::path& target, const std::vector<fs::path>& lower, const fs::path& upper,
                   const fs::path& work) {
    std::vector<std::string> layers;
    for (const fs::path& layer : lower) layers.push_back(in_option(layer));
    std::string options =
        "lowerdir=" + join(layers, ":") + ",upperdir=" + in_option(upper) + ",workdir=" + in_option(work);
    // Without real root the overlay's own marks cannot be trusted.* attributes.
    if (process::in_user_namespace()) options += ",userxattr";
    mount_at(target, "overlay", "overlay", 0, options.c_str());
}

/// Whether other file systems are mounted below @p folder. Then a user namespace can put no overlay over it.
bool has_mounts_below(const fs::path& folder) {
    const std::string below = folder.lexically_normal().string() + "/";
    // "36 35 98:0 / /var/cache rw,noatime …": the fifth field is the mount point. Source: proc(5).
    for (const std::string& line : split(read_file("/proc/self/mountinfo"), '\n')) {
        const std::vector<std::string> fields = split_words(line);
        constexpr std::size_t mount_point = 4;
        if (fields.size() > mount_point && fields[mount_point].starts_with(below)) return true;
    }
    return false;
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
    // Packages can do without what the machine has in these, and an overlay over them may not be allowed.
    const bool dispensable = name == "opt" || name == "srv" || name == "var";
    const bool without_machines = dispensable && process::in_user_namespace() && has_mounts_below(lower.back() / name);
    std::vector<fs::path> there;
    for (const fs::path& layer : lower) {
        if (without_machines && layer == lower.back()) continue;
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
    mount_at(root() / "tmp", "tmpfs", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
    if (fs::is_directory(fs::symlink_status(root() / "var/tmp"))) {
        mount_at(root() / "var/tmp", "tmpfs", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
    }
}

void Layer::bind(const fs::path& folder, const fs::path& inside) {
    const ContainedPath target(root(), inside, ContainedPath::Type::folder);
    mount_at(target.path(), nullptr, folder.c_str(), MS_BIND | MS_REC, nullptr);
}

void Layer::show(const fs::path& what, const fs::path& inside) {
    std::error_code problem;
    if (!fs::exists(what, problem)) {
        throw Error("cannot show in the scratch root", what.string(), "there is no such file or folder");
    }
    const auto type = fs::is_directory(what, problem) ? ContainedPath::Type::folder : ContainedPath::Type::file;
    mount_at(ContainedPath(root(), inside, type).path(), nullptr, what.c_str(), MS_BIND | MS_REC, nullptr);
    const ContainedPath shown(root(), inside, type);
    mount_attr read_only{};
    read_only.attr_set = MOUNT_ATTR_RDONLY;
    if (::syscall(SYS_mount_setattr, shown.descriptor(), "", AT_EMPTY_PATH | AT_RECURSIVE, &read_only,
                  sizeof read_only) != 0) {
        throw system_error(errno, cannot_mount, inside.string());
    }
}

Layer::~Layer() {
    freeze();
    try {
        remove_tree(folder_);
    } catch (const std::exception&) {
        // It is in memory that goes with this process.
    }
}

void Layer::freeze() {
    if (mounted_) unmount(root());
    mounted_ = false;
}

void mount_memory(const fs::path& folder) { mount_at(folder, "tmpfs", "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755"); }

void unmount(const fs::path& folder) noexcept { ::umount2(folder.c_str(), MNT_DETACH); }

}  // namespace pystacks::scratch
