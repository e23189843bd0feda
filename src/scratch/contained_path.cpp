#include "scratch/contained_path.hpp"

#include <cerrno>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/error.hpp"

namespace pystacks::scratch {
namespace {

constexpr const char* cannot_find = "cannot find in the scratch root";

/// @returns none, and errno, where it cannot be opened
UniqueFd open_inside(int root, const std::string& path, std::uint64_t flags) {
    open_how how{};
    how.flags = flags | O_PATH | O_CLOEXEC;
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
    return UniqueFd(static_cast<int>(::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how)));
}

/// The folder, made where there is none.
UniqueFd folder_inside(int root, const fs::path& folder) {
    constexpr mode_t mode = 0755;
    UniqueFd there = open_inside(root, folder.empty() ? "." : folder.string(), O_DIRECTORY);
    if (there || errno != ENOENT) return there;
    const UniqueFd parent = folder_inside(root, folder.parent_path());
    if (!parent) return {};
    if (::mkdirat(parent.get(), folder.filename().c_str(), mode) != 0 && errno != EEXIST) return {};
    return open_inside(root, folder.string(), O_DIRECTORY);
}

/// @returns whether something that is not a link is there afterwards
bool make_end(int parent, const std::string& name, ContainedPath::Type type) {
    struct stat status {};
    if (::fstatat(parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
        if (!S_ISLNK(status.st_mode)) return true;
        if (::unlinkat(parent, name.c_str(), 0) != 0) return false;
    }
    if (type == ContainedPath::Type::folder) return ::mkdirat(parent, name.c_str(), 0755) == 0;
    return static_cast<bool>(UniqueFd(::openat(parent, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644)));
}

}  // namespace

ContainedPath::ContainedPath(const fs::path& root, const fs::path& inside, Type type) {
    const UniqueFd top = open_file(root, O_PATH | O_DIRECTORY, cannot_find);
    const fs::path path = inside.lexically_normal().relative_path();
    const UniqueFd parent = folder_inside(top.get(), path.parent_path());
    if (parent && make_end(parent.get(), path.filename(), type)) {
        end_.reset(::openat(parent.get(), path.filename().c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    }
    if (!end_) throw system_error(errno, cannot_find, inside.string());
}

}  // namespace pystacks::scratch
