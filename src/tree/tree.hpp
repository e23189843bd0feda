#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/hash.hpp"

/// Install trees: what is in them, and whether two files have the same meaning.
namespace pystacks::tree {

enum class FileType : std::uint8_t { regular, directory, symlink, other };

/// One path of a tree, by lstat.
struct Entry {
    FileType type = FileType::other;
    std::uint32_t mode = 0;  ///< permission bits, set-id and sticky included
    std::uint64_t size = 0;  ///< bytes, of a regular file
    std::int64_t mtime = 0;  ///< seconds since the epoch
    std::uint64_t device = 0, inode = 0;
    std::uint32_t links = 1;
    std::string target;    ///< of a symlink
    ContentDigest digest;  ///< of a regular file; zero until hashed
};

/// Paths are relative to the root, with a leading slash, '/'-separated, bytewise sorted; bytes, not necessarily UTF-8.
/// The root itself is not among them.
struct Tree {
    std::filesystem::path root;
    std::map<std::string, Entry, std::less<>> entries;

    /// Where the file of @p path is on disk.
    [[nodiscard]] std::filesystem::path locate(std::string_view path) const;
};

/// Reads the tree and hashes every regular file once (hard links once for all names), on @p threads threads.
/// Never follows a link, the root excepted. @throws Error on a path that cannot be read (the first, bytewise).
[[nodiscard]] Tree scan(const std::filesystem::path& root, unsigned threads);

/// A path that could not be read. A file that could not be hashed is still in the tree, with a digest of zero; a folder
/// that could not be listed has no paths below it.
struct ScanProblem {
    std::string path;  ///< as in Tree::entries
    Error error;
};

/// The same, but continues past what cannot be read and adds it to @p problems, bytewise sorted by path.
/// @throws Error only when the root itself cannot be opened.
[[nodiscard]] Tree scan(const std::filesystem::path& root, unsigned threads, std::vector<ScanProblem>& problems);

/// Takes the paths of @p problems out of @p tree, with all that is below them: about those nothing can be said.
void leave_out(Tree& tree, const std::vector<ScanProblem>& problems);

/// How two files relate.
enum class Sameness : std::uint8_t {
    identical,      ///< same bytes
    same_bytecode,  ///< .pyc that differ in their header or in marshal reference flags only
    different,
};

}  // namespace pystacks::tree
