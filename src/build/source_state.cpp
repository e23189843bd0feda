#include "build/source_state.hpp"

#include <algorithm>
#include <cerrno>
#include <set>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/glob.hpp"
#include "base/hash.hpp"
#include "base/input_list.hpp"
#include "base/text.hpp"

namespace pystacks::build {
namespace {

using tree::FileType;

constexpr const char* cannot_update = "cannot bring the source tree up to date";
constexpr std::int64_t second = 1'000'000'000;

std::int64_t nanoseconds(const struct timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * second + time.tv_nsec;
}

/// Everything but the content; nothing when there is no such path.
std::optional<SourceEntry> look(const fs::path& path) {
    struct stat status = {};
    if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
    SourceEntry entry;
    entry.mode = status.st_mode & 07777U;
    entry.mtime = nanoseconds(status.st_mtim);
    if (S_ISREG(status.st_mode)) {
        entry.type = FileType::regular;
        entry.size = static_cast<std::uint64_t>(status.st_size);
    } else if (S_ISDIR(status.st_mode)) {
        entry.type = FileType::directory;
    } else if (S_ISLNK(status.st_mode)) {
        entry.type = FileType::symlink;
        entry.target = fs::read_symlink(path).string();
    }
    return entry;
}

/// The same with the content; what is like @p known has known content.
std::optional<SourceEntry> look(const fs::path& path, const SourceEntry* known) {
    auto entry = look(path);
    if (!entry || entry->type != FileType::regular) return entry;
    const bool untouched = known != nullptr && known->type == FileType::regular && known->size == entry->size &&
                           known->mtime == entry->mtime;
    entry->digest = untouched ? known->digest : content_digest_file(path).hex();
    return entry;
}

bool says_the_same(const SourceEntry& a, const SourceEntry& b) {
    return a.type == b.type && (a.type == FileType::symlink || a.mode == b.mode) && a.digest == b.digest &&
           a.target == b.target;
}

const SourceEntry* find(const SourceEntries& entries, const std::string& path) {
    const auto found = entries.find(path);
    return found == entries.end() ? nullptr : &found->second;
}

void set_time(const fs::path& path, const struct timespec& time) {
    const timespec times[2] = {time, time};
    if (::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW) != 0) {
        throw system_error(errno, cannot_update, path.string());
    }
}

void set_time(const fs::path& path, std::int64_t time) {
    const std::int64_t below = time % second < 0 ? time % second + second : time % second;
    set_time(path, timespec{static_cast<time_t>((time - below) / second), static_cast<long>(below)});
}

void check(const std::error_code& error, const fs::path& path) {
    if (error) throw system_error(error.value(), cannot_update, path.string());
}

/// Names of C files that the text includes: they have no object of their own, and make may not know of it.
void add_included(std::set<std::string>& names, std::string_view text) {
    constexpr std::string_view end_of_name = ".c\"", word = "include";
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::size_t include = line.find(word);
        if (include == std::string_view::npos) continue;
        for (auto end = line.find(end_of_name, include + word.size()); end != std::string_view::npos;
             end = line.find(end_of_name, end + 1)) {
            const auto start = line.find_last_of("\"/", end) + 1;
            names.emplace(line.substr(start, end + 2 - start));
        }
    }
}

bool may_include(const std::string& path) { return path.ends_with(".c") || path.ends_with(".h"); }

std::set<std::string> included_files(const SourceEntries& entries, const fs::path& tree) {
    std::set<std::string> names;
    for (const auto& [path, entry] : entries) {
        if (entry.type == FileType::regular && may_include(path)) add_included(names, read_file(tree / path));
    }
    return names;
}

void remove_strangers(const fs::path& tree, const SourceEntries& wanted) {
    std::vector<fs::path> strangers;
    for (auto entry = fs::recursive_directory_iterator(tree); entry != fs::recursive_directory_iterator(); ++entry) {
        if (wanted.contains(entry->path().lexically_relative(tree).string())) continue;
        strangers.push_back(entry->path());
        entry.disable_recursion_pending();
    }
    for (const fs::path& path : strangers) remove_tree(path);
}

/// Moves one path of the fresh tree to its place; folders are made, as what is in them is moved one by one.
void put(const fs::path& from, const fs::path& to, const SourceEntry& wanted, const std::optional<SourceEntry>& there) {
    std::error_code error;
    if (wanted.type != FileType::directory) {
        if (there && there->type == FileType::directory) remove_tree(to);
        fs::rename(from, to, error);
        return check(error, to);
    }
    if (there && there->type != FileType::directory) {
        fs::remove(to, error);
        check(error, to);
    }
    make_directories(to);
    if (::chmod(to.c_str(), wanted.mode) != 0) throw system_error(errno, cannot_update, to.string());
}

}  // namespace

SourceEntries read_source(const fs::path& tree, unsigned threads) {
    SourceEntries result;
    for (const auto& [path, scanned] : tree::scan(tree, threads).entries) {
        auto entry = look(tree / path.substr(1));
        if (!entry) throw Error("cannot read the source tree", path, "it has vanished");
        if (entry->type == FileType::regular) entry->digest = scanned.digest.hex();
        result.emplace(path.substr(1), std::move(*entry));
    }
    return result;
}

SourceDigests source_digests(const SourceEntries& entries, const fs::path& tree,
                             const std::vector<std::string>& patterns) {
    const PathPatternList named(patterns);
    const std::set<std::string> included = named.empty() ? std::set<std::string>() : included_files(entries, tree);
    InputList fixed, all;
    SourceDigests result;
    for (const auto& [path, entry] : entries) {
        const std::string form = std::to_string(static_cast<int>(entry.type)) + " " +
                                 std::to_string(entry.type == FileType::symlink ? 0 : entry.mode) + " " + entry.target;
        const bool incremental = entry.type == FileType::regular && named.matches(path) &&
                                 !included.contains(fs::path(path).filename().string());
        fixed.add(path, form + (incremental ? " incremental" : " " + entry.digest));
        all.add(path, form + " " + entry.digest);
        if (incremental) result.incremental.emplace(path, entry.digest);
    }
    result.fixed = fixed.digest();
    result.files = all.digest();
    return result;
}

std::optional<std::string> first_difference(const SourceEntries& entries, const fs::path& tree) {
    for (const auto& [path, entry] : entries) {
        const auto there = look(tree / path, &entry);
        if (!there || !says_the_same(*there, entry)) return path;
    }
    return std::nullopt;
}

SourceEntries update_tree(const fs::path& tree, const SourceEntries& before, const fs::path& fresh,
                          const SourceEntries& wanted, std::int64_t epoch) {
    remove_strangers(tree, wanted);
    const auto packaged = [&](std::int64_t time) { return std::min(time, epoch * second); };
    SourceEntries result;
    for (const auto& [path, entry] : wanted) {  // a folder comes before what is in it
        const fs::path place = tree / path;
        const auto there = look(place, find(before, path));
        const bool same = there && says_the_same(*there, entry);
        if (!same) {
            put(fresh / path, place, entry, there);
        } else if (entry.type == FileType::regular && packaged(there->mtime) != packaged(entry.mtime)) {
            set_time(place, entry.mtime);
        }
        SourceEntry now = entry;
        now.mtime = look(place).value().mtime;
        result.emplace(path, std::move(now));
    }
    return result;
}

std::vector<std::string> changed_files(const std::map<std::string, std::string>& before,
                                       const std::map<std::string, std::string>& now) {
    std::vector<std::string> result;
    for (const auto& [path, digest] : now) {
        const auto found = before.find(path);
        if (found == before.end() || found->second != digest) result.push_back(path);
    }
    return result;
}

void touch_files(const fs::path& tree, const std::vector<std::string>& files) {
    for (const std::string& file : files) set_time(tree / file, timespec{0, UTIME_NOW});
}

bool settle(SourceEntries& entries, const fs::path& tree) {
    bool changed = false;
    for (auto entry = entries.begin(); entry != entries.end();) {
        const fs::path place = tree / entry->first;
        auto there = look(place, &entry->second);
        if (!there) {
            entry = entries.erase(entry);
            changed = true;
            continue;
        }
        if (!says_the_same(*there, entry->second)) {
            entry->second = std::move(*there);
            changed = true;
        } else if (entry->second.type == FileType::regular && there->mtime != entry->second.mtime) {
            set_time(place, entry->second.mtime);
        }
        ++entry;
    }
    return changed;
}

}  // namespace pystacks::build
