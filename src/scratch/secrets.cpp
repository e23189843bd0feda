#include "scratch/secrets.hpp"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "process/isolation.hpp"

namespace pystacks::scratch {
namespace {

constexpr const char* cannot_hide = "cannot hide from the scratch root";

/// A root that is in use changes meanwhile: what has gone needs no hiding.
std::optional<struct stat> status_of(const fs::path& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0) return status;
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    throw system_error(errno, cannot_hide, path.string());
}

bool is_secret(const struct stat& status) {
    if (S_ISLNK(status.st_mode)) return false;
    if (S_ISDIR(status.st_mode)) return (status.st_mode & S_IXOTH) == 0;
    return !S_ISREG(status.st_mode) || (status.st_mode & S_IROTH) == 0;
}

void look_into(const fs::path& root, const fs::path& folder, std::vector<Secret>& found) {
    std::error_code unreadable;
    const fs::directory_iterator entries(root / folder, unreadable);
    // Nobody can tell which files of it have to be hidden.
    if (unreadable) return found.push_back({"/" / folder, true});
    for (const fs::directory_entry& entry : entries) {
        const fs::path inside = folder / entry.path().filename();
        if (inside == "var/tmp") continue;  // every root has its own
        struct stat status {};
        if (::lstat(entry.path().c_str(), &status) != 0) continue;  // it has just gone
        const bool is_folder = S_ISDIR(status.st_mode);
        if (is_secret(status)) {
            found.push_back({"/" / inside, is_folder});
        } else if (is_folder) {
            look_into(root, inside, found);
        }
    }
}

void copy_status(const fs::path& to, const struct stat& status) {
    // An owner who has no number in this user namespace stays ours: EINVAL.
    const bool owned = ::lchown(to.c_str(), status.st_uid, status.st_gid) == 0 || errno == EINVAL;
    if (!owned || ::chmod(to.c_str(), status.st_mode & ALLPERMS) != 0) {
        throw system_error(errno, cannot_hide, to.string());
    }
}

/// A folder of the layer takes the place of the machine's, so it has its owner and mode.
/// @returns false when the machine's has gone
bool make_parents(const fs::path& layer, const fs::path& root, const fs::path& folder) {
    if (folder.empty() || fs::exists(layer / folder)) return true;
    if (!make_parents(layer, root, folder.parent_path())) return false;
    const std::optional<struct stat> status = status_of(root / folder);
    if (!status) return false;
    make_directories(layer / folder);
    copy_status(layer / folder, *status);
    return true;
}

/// "root:*:19000:0:99999:7:::" of "root:$y$j9T$…:19000:0:99999:7:::".
std::string without_passwords(const std::string& text) {
    std::string result;
    for (const std::string& line : split(text, '\n')) {
        std::vector<std::string> fields = split(line, ':');
        if (fields.size() < 2) continue;
        fields[1] = "*";
        result += join(fields, ":") + "\n";
    }
    return result;
}

/// In the overlay it takes away what is below.
void make_whiteout(const fs::path& path) {
    if (::mknod(path.c_str(), S_IFCHR, ::makedev(0, 0)) != 0) throw system_error(errno, cannot_hide, path.string());
}

void hide_one(const fs::path& layer, const fs::path& root, const Secret& secret) {
    const fs::path inside = secret.path.relative_path();
    const fs::path ours = layer / inside;
    if (!make_parents(layer, root, inside.parent_path())) return;
    const std::optional<struct stat> status = status_of(root / inside);
    if (!status) return;
    // Another user than root cannot make a folder opaque.
    if (!S_ISREG(status->st_mode) && (!secret.folder || process::in_user_namespace())) return make_whiteout(ours);
    if (secret.folder) {
        make_directories(ours);
        if (::setxattr(ours.c_str(), "trusted.overlay.opaque", "y", 1, 0) != 0) {
            throw system_error(errno, cannot_hide, ours.string());
        }
    } else {
        const std::string name = inside.filename().string();
        const bool of_users =
            inside.parent_path() == "etc" && (name.starts_with("shadow") || name.starts_with("gshadow"));
        const bool readable = ::access((root / inside).c_str(), R_OK) == 0;
        write_file_atomically(ours, of_users && readable ? without_passwords(read_file(root / inside)) : "");
    }
    copy_status(ours, *status);
}

}  // namespace

std::vector<Secret> secrets_below(const fs::path& root, const fs::path& folder) {
    std::vector<Secret> found;
    if (fs::is_directory(fs::symlink_status(root / folder))) look_into(root, folder, found);
    std::sort(found.begin(), found.end(), [](const Secret& a, const Secret& b) { return a.path < b.path; });
    return found;
}

void hide(const std::vector<Secret>& secrets, const fs::path& layer, const fs::path& root) {
    for (const Secret& secret : secrets) hide_one(layer, root, secret);
}

void hide_secrets(const fs::path& layer, const fs::path& root) {
    for (const char* folder : {"etc", "opt", "srv", "usr/local", "var"}) hide(secrets_below(root, folder), layer, root);
}

}  // namespace pystacks::scratch
