#include "scratch/secrets.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <dirent.h>
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

/// Looks for secrets by descriptors, as a path a file would take most of the time: there are tens of thousands.
class Search {
public:
    explicit Search(std::vector<Secret>& found) : found_(found) {}

    /// @param name of the folder, below @p parent @param path absolute, in the root
    void look_into(int parent, const char* name, const std::string& path) {
        UniqueFd fd(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        const std::unique_ptr<DIR, Close> folder(fd ? ::fdopendir(fd.get()) : nullptr);
        // Nobody can tell which files of it have to be hidden.
        if (folder == nullptr) return found_.push_back({path, true});
        static_cast<void>(fd.release());  // the folder closes it
        while (const dirent* entry = ::readdir(folder.get())) {
            const std::string_view entry_name = entry->d_name;
            if (entry_name != "." && entry_name != "..") look_at(::dirfd(folder.get()), entry->d_name, path);
        }
    }

private:
    struct Close {
        void operator()(DIR* folder) const noexcept { ::closedir(folder); }
    };

    void look_at(int folder, const char* name, const std::string& parent) {
        struct stat status {};
        if (::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return;  // it has just gone
        const bool is_folder = S_ISDIR(status.st_mode);
        const bool secret = is_secret(status);
        if (!is_folder && !secret) return;
        std::string path = parent + "/" + name;
        if (path == "/var/tmp") return;  // every root has its own
        if (secret) {
            found_.push_back({std::move(path), is_folder});
        } else {
            look_into(folder, name, path);
        }
    }

    std::vector<Secret>& found_;
};

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
    if (fs::is_directory(fs::symlink_status(root / folder))) {
        Search(found).look_into(AT_FDCWD, (root / folder).c_str(), ("/" / folder).string());
    }
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
