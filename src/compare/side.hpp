#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "rpm/package.hpp"
#include "tree/tree.hpp"

/// What differs between two builds, and whether it matters: install trees, packages, sets of packages.
namespace pystacks::compare {

/// One path of a tree, or of a package.
struct File {
    std::string path;  ///< with a leading slash; of an SRPM the bare name. Bytes, not necessarily UTF-8
    tree::FileType type = tree::FileType::other;
    std::uint32_t mode = 0;    ///< permission bits, set-id and sticky included
    std::uint64_t size = 0;    ///< bytes, of a regular file
    std::uint64_t weight = 0;  ///< the same, but 0 for all names of a hard link except the first
    std::string digest;        ///< of a regular file, with its algorithm; empty when it is not known
    std::string target;        ///< of a symlink
    std::string user, group;   ///< of a package's file
    std::string capabilities;  ///< of a package's file, as cap_to_text(3) writes them
    std::string flags;         ///< of a package's file: "%config noreplace"
    std::uint32_t mtime = 0;   ///< of a package's file: seconds since 1970
    std::size_t package = 0;   ///< index in Side::packages
    bool has_content = true;   ///< not of what a package only owns: %ghost
};

/// A or B.
struct Side {
    std::filesystem::path path;          ///< as the user named it
    bool is_tree = true;                 ///< else packages
    std::vector<rpm::Package> packages;  ///< by name; empty for a tree
    std::vector<std::string> suffixes;   ///< by package: of the commands of its configuration; mostly empty
    std::vector<File> files;             ///< bytewise by path, then by package
};

/// The files of @p tree; digests are those of the scan.
[[nodiscard]] Side side_of_tree(const tree::Tree& tree);

/// The files of @p packages, which were read from @p path.
[[nodiscard]] Side side_of_packages(const std::filesystem::path& path, std::vector<rpm::Package> packages);

/// "file", "folder", "link", "special file".
[[nodiscard]] std::string_view name_of(tree::FileType type) noexcept;

}  // namespace pystacks::compare
