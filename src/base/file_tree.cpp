#include <cerrno>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks {

namespace {

constexpr const char* cannot_create = "cannot create the folder";
constexpr const char* cannot_remove = "cannot remove";

bool leads_to_directory(const fs::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

/// Opens a folder for reading and emptying, giving its owner the permissions that takes.
/// Empty when it vanished meanwhile.
UniqueFd open_for_removal(int parent, const std::string& name, const fs::path& path) {
    constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    UniqueFd fd(::openat(parent, name.c_str(), flags));
    if (!fd && errno == EACCES && ::fchmodat(parent, name.c_str(), S_IRWXU, 0) == 0) {
        fd.reset(::openat(parent, name.c_str(), flags));
    }
    if (!fd) {
        if (errno == ENOENT) return {};
        throw system_error(errno, cannot_remove, path.string());
    }
    struct stat status {};
    if (::fstat(fd.get(), &status) == 0 && (status.st_mode & S_IRWXU) != S_IRWXU) {
        // Where this fails, removing what is inside says so with the better message.
        [[maybe_unused]] const int result = ::fchmod(fd.get(), S_IRWXU);
    }
    return fd;
}

std::vector<std::string> names_in(int directory, const fs::path& path) {
    struct CloseDirectory {
        void operator()(DIR* stream) const noexcept { ::closedir(stream); }
    };
    UniqueFd copy(::openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const std::unique_ptr<DIR, CloseDirectory> stream(copy ? ::fdopendir(copy.get()) : nullptr);
    if (!stream) throw system_error(errno, cannot_remove, path.string());
    copy.release();  // the stream closes it

    std::vector<std::string> names;
    for (;;) {
        errno = 0;
        const dirent* entry = ::readdir(stream.get());
        if (entry == nullptr) break;
        std::string name = static_cast<const char*>(entry->d_name);
        if (name != "." && name != "..") names.push_back(std::move(name));
    }
    if (errno != 0) throw system_error(errno, cannot_remove, path.string());
    return names;
}

/// @param device of the tree's top: a path on another device is a mount, which belongs to someone else
void remove_entry(int parent, const std::string& name, const fs::path& path, dev_t device) {
    if (::unlinkat(parent, name.c_str(), 0) == 0 || errno == ENOENT) return;
    const int why = errno;
    struct stat status {};
    if (::fstatat(parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(status.st_mode)) {
        throw system_error(why, cannot_remove, path.string());
    }
    if (status.st_dev != device) {
        throw Error(cannot_remove, path.string(), "another file system is mounted there", "unmount it first");
    }
    // A process that is ending may still put a file in: look again a few times before giving up.
    constexpr int passes = 4;
    for (int pass = 1; pass <= passes; ++pass) {
        const UniqueFd directory = open_for_removal(parent, name, path);
        if (!directory) return;
        for (const std::string& child : names_in(directory.get(), path)) {
            remove_entry(directory.get(), child, path / child, device);
        }
        if (::unlinkat(parent, name.c_str(), AT_REMOVEDIR) == 0 || errno == ENOENT) return;
        if (errno != ENOTEMPTY && errno != EEXIST) break;
    }
    throw system_error(errno, cannot_remove, path.string());
}

}  // namespace

void make_directories(const fs::path& path) {
    fs::path so_far;
    for (const fs::path& component : path) {
        so_far /= component;
        if (component.empty()) continue;  // of a trailing slash
        constexpr mode_t mode = 0755;
        if (::mkdir(so_far.c_str(), mode) == 0) {
            if (::chmod(so_far.c_str(), mode) != 0) throw system_error(errno, cannot_create, so_far.string());
            continue;
        }
        const int why = errno;
        // Not only EEXIST: on a read-only or foreign file system other errors come first for folders that are there.
        if (leads_to_directory(so_far)) continue;
        throw system_error(why == EEXIST ? ENOTDIR : why, cannot_create, so_far.string());
    }
}

void remove_tree(const fs::path& path) {
    // "folder/" would make a symbolic link be followed.
    const fs::path named = path.has_filename() ? path : path.parent_path();
    struct stat status {};
    if (::lstat(named.c_str(), &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) return;
        throw system_error(errno, cannot_remove, named.string());
    }
    remove_entry(AT_FDCWD, named.string(), named, status.st_dev);
}

}  // namespace pystacks
