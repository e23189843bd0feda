#include "source/contained_writer.hpp"

#include <array>
#include <cerrno>
#include <deque>

#include <fcntl.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pystacks::source {

namespace {

constexpr std::size_t longest_name = 4095;
constexpr std::size_t deepest_name = 200;
constexpr int most_links = 40;
constexpr int most_steps = 2000;

[[noreturn]] void fail(std::string_view name) { throw system_error(errno, "cannot write", std::string(name)); }

UniqueFd open_directory(int parent, const std::string& name) {
    return UniqueFd(openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

/// A folder of the way to a member; created when it is missing and @p create is set.
UniqueFd enter(int parent, const std::string& name, bool create) {
    UniqueFd next = open_directory(parent, name);
    if (!next && errno == ENOENT && create) {
        // The umask takes bits away from mkdirat's mode.
        if (mkdirat(parent, name.c_str(), 0755) != 0 || fchmodat(parent, name.c_str(), 0755, 0) != 0) fail(name);
        next = open_directory(parent, name);
    }
    if (next) return next;
    if (errno == ELOOP || errno == ENOTDIR) {
        throw ContainedWriter::Refusal{"it goes through \"" + name + "\", which is a link or a file"};
    }
    if (errno == ENOENT) throw ContainedWriter::Refusal{"there is no folder \"" + name + "\" before it"};
    fail(name);
}

std::string read_link(int directory, const std::string& leaf) {
    std::array<char, longest_name + 1> buffer{};
    const ssize_t length = readlinkat(directory, leaf.c_str(), buffer.data(), buffer.size());
    return length <= 0 ? std::string() : std::string(buffer.data(), static_cast<std::size_t>(length));
}

/// The target's text when ROOT/components is a symbolic link, else an empty string.
std::string link_target(int root, const std::vector<std::string>& components) {
    UniqueFd directory(fcntl(root, F_DUPFD_CLOEXEC, 0));
    for (std::size_t i = 0; i + 1 < components.size() && directory; ++i) {
        directory = open_directory(directory.get(), components[i]);
    }
    return directory && !components.empty() ? read_link(directory.get(), components.back()) : std::string();
}

/// Follows a link as the kernel would, but only ever looks below the root.
bool stays_inside(int root, const std::vector<std::string>& link) {
    std::deque<std::string> left(link.begin(), link.end());
    std::vector<std::string> here;
    int links = 0;
    int steps = 0;
    while (!left.empty()) {
        if (++steps > most_steps) return false;
        const std::string component = left.front();
        left.pop_front();
        if (component.empty() || component == ".") continue;
        if (component == "..") {
            if (here.empty()) return false;
            here.pop_back();
            continue;
        }
        here.push_back(component);
        const std::string target = link_target(root, here);
        if (target.empty()) continue;
        if (target.front() == '/' || ++links > most_links) return false;
        here.pop_back();
        const std::vector<std::string> parts = split(target, '/');
        left.insert(left.begin(), parts.begin(), parts.end());
    }
    return true;
}

}  // namespace

std::vector<std::string> contained_components(std::string_view name) {
    if (name.empty()) throw ContainedWriter::Refusal{"it has no name"};
    if (name.front() == '/') throw ContainedWriter::Refusal{"its name is absolute"};
    if (name.size() > longest_name) throw ContainedWriter::Refusal{"its name is too long"};
    std::vector<std::string> components;
    for (std::string& component : split(name, '/')) {
        if (component == "..") throw ContainedWriter::Refusal{"its name has a \"..\" in it"};
        if (!component.empty() && component != ".") components.push_back(std::move(component));
    }
    if (components.size() > deepest_name) throw ContainedWriter::Refusal{"its path has too many components"};
    return components;
}

ContainedWriter::ContainedWriter(const fs::path& root)
    : root_(open(root.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)) {
    if (!root_) throw system_error(errno, "cannot open", root.string());
}

ContainedWriter::Place ContainedWriter::place(const std::vector<std::string>& components, bool create) {
    if (components.empty()) throw Refusal{"it names the folder into which the archive is unpacked"};
    UniqueFd directory(fcntl(root_.get(), F_DUPFD_CLOEXEC, 0));
    if (!directory) fail(components.front());
    for (std::size_t i = 0; i + 1 < components.size(); ++i) directory = enter(directory.get(), components[i], create);
    return Place{std::move(directory), components.back()};
}

void ContainedWriter::clear_way(const Place& place) const {
    if (unlinkat(place.directory.get(), place.leaf.c_str(), 0) == 0 || errno == ENOENT) return;
    // EISDIR is Linux's word for a folder, EPERM POSIX's.
    if (errno == EISDIR || errno == EPERM) throw Refusal{"a folder of that name came before it"};
    fail(place.leaf);
}

void ContainedWriter::make_directory(std::string_view name, const timespec& modified) {
    const std::vector<std::string> components = contained_components(name);
    if (components.empty()) return;  // "./" is the target itself
    const Place where = place(components, true);
    const UniqueFd made = enter(where.directory.get(), where.leaf, true);
    directories_.push_back({join(components, "/"), modified});
}

UniqueFd ContainedWriter::create_file(std::string_view name) {
    const Place where = place(contained_components(name), true);
    clear_way(where);
    UniqueFd file(
        openat(where.directory.get(), where.leaf.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!file) fail(name);
    return file;
}

UniqueFd ContainedWriter::rewrite_file(std::string_view name) {
    const Place where = place(contained_components(name), false);
    UniqueFd file(openat(where.directory.get(), where.leaf.c_str(), O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC));
    if (!file) fail(name);
    return file;
}

void ContainedWriter::make_symlink(std::string_view name, const std::string& target, const timespec& modified) {
    if (target.empty()) throw Refusal{"it is a link to nothing"};
    if (target.front() == '/') throw Refusal{"it is a link to the absolute path " + target};
    if (target.size() > longest_name) throw Refusal{"it is a link with a target that is too long"};
    const std::vector<std::string> components = contained_components(name);
    const Place where = place(components, true);
    clear_way(where);
    if (symlinkat(target.c_str(), where.directory.get(), where.leaf.c_str()) != 0) fail(name);
    const std::array<timespec, 2> times{modified, modified};
    utimensat(where.directory.get(), where.leaf.c_str(), times.data(), AT_SYMLINK_NOFOLLOW);
    // Folders that come later cannot make such a link harmless, so say it where it stands.
    if (!stays_inside(root_.get(), components)) throw Refusal{"it is a link that leads out of the archive: " + target};
    symlinks_.push_back(components);
}

void ContainedWriter::make_hard_link(std::string_view name, std::string_view existing) {
    std::vector<std::string> source;
    try {
        source = contained_components(existing);
    } catch (const Refusal&) {
        throw Refusal{"it is a hard link that leads out of the archive: " + std::string(existing)};
    }
    const Place from = place(source, false);
    struct stat status {};
    if (fstatat(from.directory.get(), from.leaf.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(status.st_mode)) {
        throw Refusal{"it is a hard link to \"" + std::string(existing) +
                      "\", which is not a file that came before it"};
    }
    const std::vector<std::string> components = contained_components(name);
    if (components == source) return;
    const Place to = place(components, true);
    clear_way(to);
    if (linkat(from.directory.get(), from.leaf.c_str(), to.directory.get(), to.leaf.c_str(), 0) != 0) fail(name);
}

std::string ContainedWriter::finish() {
    for (const std::vector<std::string>& link : symlinks_) {
        if (!stays_inside(root_.get(), link)) return join(link, "/");
    }
    // Only now: whatever is written into a folder changes its time.
    for (const DirectoryTime& directory : directories_) {
        const Place where = place(contained_components(directory.name), false);
        const UniqueFd opened = open_directory(where.directory.get(), where.leaf);
        const std::array<timespec, 2> times{directory.modified, directory.modified};
        if (opened) futimens(opened.get(), times.data());
    }
    return {};
}

void ContainedWriter::set_attributes(int fd, Mode mode, const timespec& modified, std::string_view name) {
    const std::array<timespec, 2> times{modified, modified};
    if (fchmod(fd, mode == Mode::program ? 0755 : 0644) != 0 || futimens(fd, times.data()) != 0) fail(name);
}

}  // namespace pystacks::source
