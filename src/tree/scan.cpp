#include <algorithm>
#include <cerrno>
#include <mutex>
#include <optional>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.hpp"
#include "process/interruption.hpp"
#include "tree/parallel.hpp"
#include "tree/tree.hpp"

namespace pystacks::tree {
namespace {

/// Up to this size a file is read into one buffer; installs have thousands of small files and few large ones.
constexpr std::size_t small_file = std::size_t{1} << 20U;

FileType file_type(mode_t mode) noexcept {
    if (S_ISREG(mode)) return FileType::regular;
    if (S_ISDIR(mode)) return FileType::directory;
    if (S_ISLNK(mode)) return FileType::symlink;
    return FileType::other;
}

Entry entry_of(const struct stat& status) {
    Entry entry;
    entry.type = file_type(status.st_mode);
    entry.mode = status.st_mode & 07777U;
    if (entry.type == FileType::regular) entry.size = static_cast<std::uint64_t>(status.st_size);
    entry.mtime = status.st_mtim.tv_sec;
    entry.device = status.st_dev;
    entry.inode = status.st_ino;
    entry.links = static_cast<std::uint32_t>(status.st_nlink);
    return entry;
}

/// Lists the tree, one folder after the other, and collects what cannot be read.
class Walker {
public:
    Walker(Tree& tree, int root, std::vector<ScanProblem>& problems) : tree_(tree), root_(root), problems_(problems) {}

    void walk() {
        std::vector<std::string> pending{""};
        while (!pending.empty()) {
            process::throw_if_interrupted();
            const std::string folder = std::move(pending.back());
            pending.pop_back();
            list(folder, pending);
        }
    }

private:
    void list(const std::string& folder, std::vector<std::string>& pending) {
        const char* name = folder.empty() ? "." : folder.c_str() + 1;
        UniqueFd fd(::openat(root_, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!fd) return problem(folder, errno);
        DIR* stream = ::fdopendir(fd.get());
        if (stream == nullptr) return problem(folder, errno);
        const int descriptor = fd.release();  // closedir closes it

        for (;;) {
            errno = 0;
            const dirent* found = ::readdir(stream);
            if (found == nullptr) break;
            const std::string_view child = found->d_name;
            if (child != "." && child != "..") add(descriptor, folder, found->d_name, pending);
        }
        if (errno != 0) problem(folder, errno);
        ::closedir(stream);
    }

    void add(int descriptor, const std::string& folder, const char* name, std::vector<std::string>& pending) {
        std::string path = folder + '/' + name;
        struct stat status {};
        if (::fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return problem(path, errno);
        Entry entry = entry_of(status);
        if (entry.type == FileType::symlink) {
            std::string target(4096, '\0');  // PATH_MAX: the kernel stores no longer ones
            const ssize_t length = ::readlinkat(descriptor, name, target.data(), target.size());
            if (length < 0) return problem(path, errno);
            target.resize(static_cast<std::size_t>(length));
            entry.target = std::move(target);
        }
        if (entry.type == FileType::directory) pending.push_back(path);
        tree_.entries.emplace(std::move(path), std::move(entry));
    }

    void problem(const std::string& path, int error_number) {
        problems_.push_back({path, system_error(error_number, "cannot read", tree_.locate(path).string())});
    }

    Tree& tree_;
    int root_;
    std::vector<ScanProblem>& problems_;
};

/// The digest of a file that was @p size bytes long when the tree was listed.
ContentDigest hash_file(int root, const std::string& path, const std::filesystem::path& on_disk, std::uint64_t size) {
    if (size > small_file) return content_digest_file(on_disk);
    const UniqueFd fd(::openat(root, path.c_str() + 1, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY));
    if (!fd) throw system_error(errno, "cannot read", on_disk.string());

    thread_local std::vector<char> buffer(small_file + 1);
    std::size_t filled = 0;
    for (;;) {
        const ssize_t got = ::read(fd.get(), buffer.data() + filled, buffer.size() - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw system_error(errno, "cannot read", on_disk.string());
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
        if (filled > size) break;
    }
    if (filled != size) {
        throw Error("cannot read", on_disk.string(), "its size changed while it was read",
                    "compare trees that nobody is writing to");
    }
    return content_digest({buffer.data(), filled});
}

/// One inode and all the names that the tree has for it.
struct HashJob {
    std::vector<std::pair<const std::string*, Entry*>> names;
};

std::vector<HashJob> hash_jobs(Tree& tree) {
    std::vector<HashJob> jobs;
    std::map<std::pair<std::uint64_t, std::uint64_t>, std::size_t> linked;
    for (auto& [path, entry] : tree.entries) {
        if (entry.type != FileType::regular) continue;
        if (entry.links > 1) {
            const auto [known, is_new] = linked.try_emplace({entry.device, entry.inode}, jobs.size());
            if (!is_new) {
                jobs[known->second].names.emplace_back(&path, &entry);
                continue;
            }
        }
        jobs.push_back({{{&path, &entry}}});
    }
    return jobs;
}

void hash_all(Tree& tree, int root, unsigned threads, std::vector<ScanProblem>& problems) {
    const std::vector<HashJob> jobs = hash_jobs(tree);
    std::mutex problems_mutex;
    for_each_index(jobs.size(), threads, [&](std::size_t index) {
        const auto& names = jobs[index].names;
        const auto& [path, first] = names.front();
        process::throw_if_interrupted();
        try {
            const ContentDigest digest = hash_file(root, *path, tree.locate(*path), first->size);
            for (const auto& [name, entry] : names) entry->digest = digest;
        } catch (const Error& error) {
            const std::lock_guard lock(problems_mutex);
            for (const auto& [name, entry] : names) problems.push_back({*name, error});
        }
    });
}

}  // namespace

std::filesystem::path Tree::locate(std::string_view path) const { return path.empty() ? root : root / path.substr(1); }

Tree scan(const std::filesystem::path& root, unsigned threads, std::vector<ScanProblem>& problems) {
    Tree tree;
    tree.root = root;
    const UniqueFd fd(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd) throw system_error(errno, "cannot read the tree", root.string());

    std::vector<ScanProblem> found;
    Walker(tree, fd.get(), found).walk();
    hash_all(tree, fd.get(), threads, found);
    std::stable_sort(found.begin(), found.end(),
                     [](const ScanProblem& a, const ScanProblem& b) { return a.path < b.path; });
    problems.insert(problems.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    return tree;
}

Tree scan(const std::filesystem::path& root, unsigned threads) {
    std::vector<ScanProblem> problems;
    Tree tree = scan(root, threads, problems);
    if (!problems.empty()) throw problems.front().error;
    return tree;
}

void leave_out(Tree& tree, const std::vector<ScanProblem>& problems) {
    for (const ScanProblem& problem : problems) {
        tree.entries.erase(problem.path);
        const std::string below = problem.path + '/';
        auto first = tree.entries.lower_bound(below);
        auto last = first;
        while (last != tree.entries.end() && last->first.starts_with(below)) ++last;
        tree.entries.erase(first, last);
    }
}

}  // namespace pystacks::tree
