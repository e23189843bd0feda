#include "stackbuild/output_folder.hpp"

#include <array>
#include <list>
#include <system_error>
#include <vector>

#include "base/disk_usage.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "build/layout.hpp"

namespace pystacks::stackbuild {
namespace {

/// Below an output folder, what a build can make again. From 4.20 on rpm has its buildroots in BUILD.
constexpr std::array remade_folders{"BUILD", "BUILDROOT"};

constexpr const char* attempted = "cannot clean";

fs::file_type type_of(const fs::path& path) {
    std::error_code absent;
    return fs::symlink_status(path, absent).type();
}

/// Only a build makes the lock, and rpmbuild's folders beside it.
void require_output(const fs::path& folder) {
    if (!fs::exists(folder)) {
        throw Error(ErrorKind::usage, attempted, folder.string(), "there is no such folder",
                    "give --output the same folder as to the build");
    }
    const bool made_by_a_build = type_of(folder / output_lock) == fs::file_type::regular &&
                                 type_of(folder / "SPECS") == fs::file_type::directory;
    if (made_by_a_build) return;
    throw Error(ErrorKind::usage, attempted, folder.string(), "no pystacks build has written to it",
                "give --output the same folder as to the build");
}

/// Links may lead to what is somebody else's.
std::vector<fs::path> folders_to_remove(const fs::path& topdir) {
    std::vector<fs::path> folders;
    for (const char* name : remade_folders) {
        const fs::path folder = topdir / name;
        if (type_of(folder) == fs::file_type::symlink) {
            throw Error(attempted, folder.string(), "it is a link", "remove the folder that it leads to by hand");
        }
        if (type_of(folder) == fs::file_type::directory) folders.push_back(folder);
    }
    return folders;
}

/// The lock of each build folder: of stages that plain rpmbuild runs there, too. From rpm 4.20 on a folder of the
/// package is around it.
std::vector<fs::path> stage_locks(const fs::path& build) {
    std::vector<fs::path> locks;
    std::error_code problem;
    fs::recursive_directory_iterator entries(build, fs::directory_options::skip_permission_denied, problem);
    for (; !problem && entries != fs::recursive_directory_iterator(); entries.increment(problem)) {
        if (entries.depth() == 1) entries.disable_recursion_pending();
        const fs::path lock = build::Layout(entries->path()).lock();
        if (type_of(lock) == fs::file_type::regular) locks.push_back(lock);
    }
    return locks;
}

}  // namespace

RoomTaken room_taken(const fs::path& topdir) {
    RoomTaken room;
    room.all = disk_usage(topdir);
    for (const char* name : remade_folders) room.remade += disk_usage(topdir / name);
    return room;
}

std::uint64_t remove_remade(const fs::path& topdir) {
    require_output(topdir);
    const std::vector<fs::path> folders = folders_to_remove(topdir);
    const FileLock nobody_builds(topdir / output_lock, 0);
    std::list<FileLock> no_stage_runs;
    for (const fs::path& lock : stage_locks(topdir / "BUILD")) no_stage_runs.emplace_back(lock, 0);
    std::uint64_t freed = 0;
    for (const fs::path& folder : folders) {
        // The folder itself stays: it takes next to nothing, and the next build makes it anyway.
        for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
            freed += disk_usage(entry.path());
            remove_tree(entry.path());
        }
    }
    return freed;
}

}  // namespace pystacks::stackbuild
