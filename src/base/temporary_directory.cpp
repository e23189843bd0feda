#include "base/temporary_directory.hpp"

#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <string>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"

namespace pystacks {
namespace {

constexpr std::string_view pattern = ".XXXXXX";

/// Not shared with children: they do not outlive the process that owns the folder, or do not need it.
UniqueFd open_folder(const fs::path& path) {
    return UniqueFd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

bool lock(const UniqueFd& folder) { return ::flock(folder.get(), LOCK_EX | LOCK_NB) == 0; }

/// The time between the creation of a folder and its lock is shorter than this.
bool old_enough(const struct stat& status) {
    constexpr std::time_t seconds = 60;
    return status.st_mtime + seconds < std::time(nullptr);
}

void remove_if_left_behind(const fs::path& path) {
    const UniqueFd folder = open_folder(path);
    struct stat status {};
    if (!folder || ::fstat(folder.get(), &status) != 0) return;
    if (status.st_uid == ::geteuid() && old_enough(status) && lock(folder)) remove_tree(path);
}

void remove_what_was_left_behind(const fs::path& parent, std::string_view prefix) {
    for (const fs::directory_entry& entry : fs::directory_iterator(parent)) {
        const std::string name = entry.path().filename().string();
        if (name.size() == prefix.size() + pattern.size() && name.compare(0, prefix.size(), prefix) == 0 &&
            name[prefix.size()] == pattern.front()) {
            remove_if_left_behind(entry.path());
        }
    }
}

}  // namespace

fs::path temporary_folder() {
    std::error_code problem;
    fs::path folder = fs::temp_directory_path(problem);
    if (!problem) return folder;
    const char* given = std::getenv("TMPDIR");
    throw Error(ErrorKind::usage, "cannot use the folder of temporary files", given != nullptr ? given : "/tmp",
                problem.message(), "set TMPDIR to a folder that exists");
}

TemporaryDirectory::TemporaryDirectory(const fs::path& parent, std::string_view prefix) {
    try {
        remove_what_was_left_behind(parent, prefix);
    } catch (const std::exception&) {
        // It stays there for the next one: tidying up is no reason to fail.
    }
    std::string name = (parent / (std::string(prefix) + std::string(pattern))).string();
    if (::mkdtemp(name.data()) == nullptr) throw system_error(errno, "cannot create the folder", name);
    path_ = name;
    lock_ = open_folder(path_);
    lock(lock_);  // nobody else can have it
}

TemporaryDirectory::~TemporaryDirectory() {
    try {
        remove_tree(path_);
    } catch (const std::exception&) {
        // Left behind: a destructor may run because of another error, which matters more.
    }
}

}  // namespace pystacks
