#include "merge/merge.hpp"

#include <algorithm>
#include <cerrno>
#include <map>
#include <tuple>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "merge/install_path.hpp"
#include "process/interruption.hpp"

namespace pystacks::merge {
namespace {

using report::ProgressEvent;
using tree::Entry;
using tree::FileType;

constexpr mode_t directory_mode = 0755;
constexpr mode_t program_mode = 0755;
constexpr mode_t data_mode = 0644;
constexpr mode_t any_execute = S_IXUSR | S_IXGRP | S_IXOTH;
constexpr mode_t all_permissions = 07777;
constexpr std::uint64_t files_per_event = 200;

std::string shown(const fs::path& path) { return path.string(); }

/// Puts paths of the configurations' trees into one folder.
class Writer {
public:
    explicit Writer(fs::path target) : target_(std::move(target)) {}

    void write(const ConfigurationTree& from, const std::string& path) {
        const Entry& entry = from.tree.entries.at(path);
        const auto to = on_disk(target_, path);
        switch (entry.type) {
            case FileType::directory:
                make_directories(to);
                return;
            case FileType::symlink:
                make_symlink(entry.target, to);
                return;
            case FileType::regular:
                make_file(from, path, entry, to);
                return;
            case FileType::other:
                break;
        }
        throw Error("cannot merge", path, "a device, socket or pipe cannot be packaged");
    }

private:
    static void make_symlink(const std::string& link_target, const fs::path& to) {
        if (::symlink(link_target.c_str(), to.c_str()) != 0)
            throw system_error(errno, "cannot create symlink", shown(to));
    }

    void make_file(const ConfigurationTree& from, const std::string& path, const Entry& entry, const fs::path& to) {
        if (entry.links > 1) {
            const auto [first, is_new] = written_.try_emplace({from.name, entry.device, entry.inode}, to);
            if (!is_new) {
                if (::link(first->second.c_str(), to.c_str()) != 0)
                    throw system_error(errno, "cannot create hard link", shown(to));
                return;
            }
        }
        copy_regular_file(on_disk(from.tree.root, path), to);
    }

    fs::path target_;
    std::map<std::tuple<std::string, std::uint64_t, std::uint64_t>, fs::path> written_;
};

const ConfigurationTree& tree_of(const std::vector<ConfigurationTree>& trees, const std::string& name) {
    return *std::find_if(trees.begin(), trees.end(), [&name](const auto& tree) { return tree.name == name; });
}

void normalise_entry(const fs::path& path, std::int64_t clamp_mtime) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) throw system_error(errno, "cannot read", shown(path));
    if (!S_ISLNK(status.st_mode)) {
        const mode_t mode = S_ISDIR(status.st_mode)               ? directory_mode
                            : (status.st_mode & any_execute) != 0 ? program_mode
                                                                  : data_mode;
        if ((status.st_mode & all_permissions) != mode && ::chmod(path.c_str(), mode) != 0)
            throw system_error(errno, "cannot change the mode of", shown(path));
    }
    const timespec when{std::min<std::int64_t>(status.st_mtim.tv_sec, clamp_mtime), 0};
    if (when.tv_sec == status.st_mtim.tv_sec && status.st_mtim.tv_nsec == 0) return;
    const timespec times[2] = {when, when};
    if (::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0)
        throw system_error(errno, "cannot set the time of", shown(path));
}

}  // namespace

void merge_trees(const stack::Stack& stack, const std::vector<ConfigurationTree>& trees, const Comparison& comparison,
                 const fs::path& target, std::int64_t clamp_mtime, report::ProgressSink& progress) {
    require_no_conflicts(stack, comparison);
    ProgressEvent event;
    event.kind = ProgressEvent::Kind::advanced;
    event.lane = "stack";
    event.phase = "merge";
    event.total = comparison.verdicts.size();

    const fs::path partial = target.string() + ".partial";
    remove_tree(partial);
    make_directories(partial);
    Writer writer(partial);
    // Sorted paths: a folder comes before what is in it.
    for (const auto& verdict : comparison.verdicts) {
        if (++event.done % files_per_event == 0) {
            process::throw_if_interrupted();
            progress.post(event);
        }
        writer.write(tree_of(trees, verdict.winner), verdict.path);
    }
    normalise_metadata(partial, clamp_mtime);
    remove_tree(target);
    if (::rename(partial.c_str(), target.c_str()) != 0) throw system_error(errno, "cannot rename", shown(partial));
}

void normalise_metadata(const fs::path& root, std::int64_t clamp_mtime) {
    // Neither chmod nor utimensat of an entry touches the time of the folder it is in, so one pass is enough.
    try {
        normalise_entry(root, clamp_mtime);
        for (const auto& entry : fs::recursive_directory_iterator(root)) normalise_entry(entry.path(), clamp_mtime);
    } catch (const fs::filesystem_error& error) {
        throw system_error(error.code().value(), "cannot read", shown(error.path1()));
    }
}

}  // namespace pystacks::merge
