#include "extension/private_folder.hpp"

#include <cerrno>
#include <utility>

#include <sys/stat.h>
#include <sys/xattr.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "log/log.hpp"

namespace pystacks::extension {
namespace {

constexpr mode_t permissions = 07777;

mode_t mode_of(const fs::path& folder) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) != 0) throw system_error(errno, "cannot use the folder", folder.string());
    return status.st_mode & permissions;
}

/// Nothing runs any more that could put a link there meanwhile.
void make_harmless(const fs::path& file) {
    struct stat status {};
    if (::lstat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
    constexpr mode_t special = S_ISUID | S_ISGID;
    ::lremovexattr(file.c_str(), "security.capability");
    if ((status.st_mode & special) != 0 && ::chmod(file.c_str(), status.st_mode & permissions & ~special) != 0) {
        throw system_error(errno, "cannot remove the setuid bit of", file.string());
    }
}

}  // namespace

PrivateFolder::PrivateFolder(fs::path folder) : folder_(std::move(folder)), mode_(mode_of(folder_)) {
    if (::chmod(folder_.c_str(), mode_ & S_IRWXU) == 0) return;
    const Error plain = system_error(errno, "", "");
    log::say(log::Level::warning,
             "others can reach " + folder_.string() + " while it is written to (" + plain.reason() + ")");
    closed_ = false;
}

PrivateFolder::~PrivateFolder() {
    try {
        constexpr auto what_we_may_see = fs::directory_options::skip_permission_denied;
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder_, what_we_may_see)) {
            make_harmless(entry.path());
        }
        if (closed_ && ::chmod(folder_.c_str(), mode_) != 0) {
            throw system_error(errno, "cannot restore the mode of", folder_.string());
        }
    } catch (const std::exception& problem) {
        log::say(log::Level::warning, folder_.string() + " stays as it is: " + std::string(problem.what()));
    }
}

}  // namespace pystacks::extension
