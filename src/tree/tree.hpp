#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"

/// Install trees: what is in them, and whether two files say the same.
namespace pystacks::tree {

enum class FileType : std::uint8_t { regular, directory, symlink, other };

/// One path of a tree, by lstat.
struct Entry {
    FileType type = FileType::other;
    std::uint32_t mode = 0;         ///< permission bits, set-id and sticky included
    std::uint64_t size = 0;         ///< bytes, of a regular file
    std::int64_t mtime = 0;         ///< seconds since the epoch
    std::uint64_t device = 0, inode = 0;
    std::uint32_t links = 1;
    std::string target;             ///< of a symlink
    ContentDigest digest;           ///< of a regular file; zero until hashed
};

/// Paths are relative to the root, with a leading slash, '/'-separated, bytewise sorted; bytes, not necessarily UTF-8.
struct Tree {
    std::filesystem::path root;
    std::map<std::string, Entry, std::less<>> entries;
};

/// Reads the tree and hashes every regular file once (hard links once for all names), on @p threads threads.
/// Never follows a link. @throws Error on a path that cannot be read.
[[nodiscard]] Tree scan(const std::filesystem::path& root, unsigned threads);

/// How two files relate.
enum class Sameness : std::uint8_t {
    identical,       ///< same bytes
    same_bytecode,   ///< .pyc that differ in their header or in marshal reference flags only
    different,
};

}  // namespace pystacks::tree
