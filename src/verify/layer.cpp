#include "verify/layer.hpp"

#include <cerrno>
#include <set>
#include <string>

#include <sys/mount.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "process/isolation.hpp"

namespace pystacks::verify {
namespace {

constexpr const char* cannot_mount = "cannot mount";

/// Top-level folders that a root has for itself, and those that are nobody's business in it.
const std::set<std::string> empty_folders{"dev", "home", "proc", "run", "sys", "tmp"};
const std::set<std::string> left_out{"boot", "lost+found", "media", "mnt"};

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
    std::set<std::string> folders{"opt", "srv"};
    for (const fs::directory_entry& entry : fs::directory_iterator(lower.back())) {
        const std::string name = entry.path().filename().string();
        if (entry.is_symlink()) {
            fs::copy_symlink(entry.path(), root() / name);  // /bin -> usr/bin
        } else if (entry.is_directory() && empty_folders.count(name) + left_out.count(name) == 0) {
            folders.insert(name);
        }
    }
    for (const std::string& name : folders) mount_folder(name, lower);
    for (const std::string& name : empty_folders) make_directories(root() / name);
    mount_at(root() / "dev", nullptr, "/dev", MS_BIND | MS_REC, nullptr);
    mount_proc(root() / "proc");
    mount_at(root() / "tmp", "tmpfs", "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777");
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

}  // namespace pystacks::verify
