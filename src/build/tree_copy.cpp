#include "build/tree_copy.hpp"

#include <cerrno>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "build/install_root.hpp"
#include "process/interruption.hpp"

namespace pystacks::build {
namespace {

constexpr const char* cannot_copy = "cannot copy";

struct stat status_of(const fs::path& path) {
    struct stat status = {};
    if (::lstat(path.c_str(), &status) != 0) throw system_error(errno, cannot_copy, path.string());
    return status;
}

void set_times(const fs::path& path, const struct stat& status) {
    const timespec times[2] = {status.st_atim, status.st_mtim};
    if (::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0) {
        throw system_error(errno, cannot_copy, path.string());
    }
}

void check(const std::error_code& error, const fs::path& path) {
    if (error) throw system_error(error.value(), cannot_copy, path.string());
}

}  // namespace

void copy_tree(const fs::path& from, const fs::path& to) {
    std::error_code error;
    if (fs::exists(to, error) && !fs::is_empty(to, error))
        throw Error(cannot_copy, to.string(), "the folder is not empty");
    make_directories(to);
    std::vector<std::pair<fs::path, struct stat>> directories = {{to, status_of(from)}};
    std::map<std::pair<dev_t, ino_t>, fs::path> first_names;
    for (const std::string& path : InstallRoot(from).paths()) {
        process::throw_if_interrupted();
        const fs::path source = from / path.substr(1);
        const fs::path target = to / path.substr(1);
        const struct stat status = status_of(source);
        if (S_ISDIR(status.st_mode)) {
            fs::create_directory(target, error);
            check(error, target);
            directories.emplace_back(target, status);
        } else if (S_ISLNK(status.st_mode)) {
            fs::copy_symlink(source, target, error);
            check(error, target);
            set_times(target, status);
        } else if (S_ISREG(status.st_mode)) {
            const auto [first, is_new] = first_names.try_emplace({status.st_dev, status.st_ino}, target);
            if (is_new) {
                copy_regular_file(source, target);
            } else {
                fs::create_hard_link(first->second, target, error);
                check(error, target);
            }
        } else {
            throw Error(cannot_copy, source.string(), "it is neither file, folder nor symbolic link");
        }
    }
    // Last and from the inside out: files that are made in a folder change its time.
    for (auto directory = directories.rbegin(); directory != directories.rend(); ++directory) {
        if (::chmod(directory->first.c_str(), directory->second.st_mode & 07777U) != 0) {
            throw system_error(errno, cannot_copy, directory->first.string());
        }
        set_times(directory->first, directory->second);
    }
}

}  // namespace pystacks::build
