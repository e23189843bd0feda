#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tree/tree.hpp"

/// The source tree as prep left it: what is built from it, whether it is still that, and what differs from a new one.
namespace pystacks::build {

/// One path of the source tree.
struct SourceEntry {
    tree::FileType type = tree::FileType::other;
    std::uint32_t mode = 0;
    std::uint64_t size = 0;
    std::int64_t mtime = 0;  ///< nanoseconds since the epoch
    std::string digest;      ///< of a file's content
    std::string target;      ///< of a symlink
};

/// Paths relative to the tree, without a leading slash.
using SourceEntries = std::map<std::string, SourceEntry>;

/// What the keys of configurations say of the source tree, in two parts.
///
/// A file is *incremental* when the stack's `[build.make] incremental` names it and no other file includes it: make
/// knows everything that depends on it. What such files say is not in @c fixed; that they are there is.
struct SourceDigests {
    std::string fixed;                               ///< of all that is not the content of an incremental file
    std::string files;                               ///< of everything
    std::map<std::string, std::string> incremental;  ///< path and digest of each incremental file
};

struct SourceState {
    SourceEntries entries;  ///< as they are on the disk
    SourceDigests digests;  ///< of the tree as it was unpacked and patched
};

/// Reads a tree. @throws Error
[[nodiscard]] SourceEntries read_source(const std::filesystem::path& tree, unsigned threads);

/// @param tree where the files of @p entries are @param patterns `[build.make] incremental`
[[nodiscard]] SourceDigests source_digests(const SourceEntries& entries, const std::filesystem::path& tree,
                                           const std::vector<std::string>& patterns);

/// The first path whose content or mode is not what @p entries say. Other files may be beside them: interpreters that
/// run during a build leave bytecode there.
[[nodiscard]] std::optional<std::string> first_difference(const SourceEntries& entries,
                                                          const std::filesystem::path& tree);

/// Makes @p tree equal to @p fresh by moving what differs out of it; what is equal keeps its time, so that make sees
/// no change. Works on what it finds, so that it may be repeated after it was killed.
/// @param before what @p tree was thought to be; saves reading what has the same time and size
/// @param epoch packages know no later time than this (seconds): later ones count as equal
/// @return the entries as they are in @p tree now
SourceEntries update_tree(const std::filesystem::path& tree, const SourceEntries& before,
                          const std::filesystem::path& fresh, const SourceEntries& wanted, std::int64_t epoch);

/// Incremental files that do not say what they said at @p before.
[[nodiscard]] std::vector<std::string> changed_files(const std::map<std::string, std::string>& before,
                                                     const std::map<std::string, std::string>& now);

/// Gives @p files the current time, for make.
void touch_files(const std::filesystem::path& tree, const std::vector<std::string>& files);

/// After a build: gives touched files the time back that a new tree would have (packages of sources carry it), and
/// notes what the build itself has written over. @return whether @p entries changed
bool settle(SourceEntries& entries, const std::filesystem::path& tree);

void write_state(const std::filesystem::path& file, const SourceState& state);
/// Nothing when there is no such file, or no such state in it.
[[nodiscard]] std::optional<SourceState> read_state(const std::filesystem::path& file);

/// The incremental files that a configuration's finished make has seen; the same functions' smaller form.
void write_digests(const std::filesystem::path& file, const std::map<std::string, std::string>& digests);
[[nodiscard]] std::optional<std::map<std::string, std::string>> read_digests(const std::filesystem::path& file);

}  // namespace pystacks::build
