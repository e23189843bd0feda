#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tree/tree.hpp"

namespace pystacks::tree {

/// In what two trees differ at a path. A path can differ in its mode and in something else; it then has two
/// differences.
enum class DifferenceKind : std::uint8_t {
    only_a,
    only_b,
    type,         ///< a file here, a folder or a link there
    content,      ///< of regular files
    bytecode,     ///< .pyc whose bytes differ, but which say the same
    link_target,  ///< of symlinks, as text
    mode,         ///< permission bits; not of symlinks
};

/// "only-a", "link-target" …: the name in JSON.
[[nodiscard]] std::string_view name_of(DifferenceKind kind) noexcept;

struct PathDifference {
    std::string path;
    DifferenceKind kind = DifferenceKind::content;
    std::string details;  ///< what differs, for people; may be empty
    std::uint64_t size_a = 0, size_b = 0;
    FileType type_a = FileType::other, type_b = FileType::other;  ///< of the side that has the path
};

/// How many paths, and the bytes of their files; hard links count once for all names of a tree.
struct PathTotal {
    std::uint64_t paths = 0;
    std::uint64_t bytes_a = 0, bytes_b = 0;
};

struct TreeComparison {
    PathTotal all;        ///< paths: in either tree
    PathTotal identical;  ///< same type, mode and content
    std::map<DifferenceKind, PathTotal> totals;
    std::vector<PathDifference> differences;  ///< bytewise by path, then by kind

    /// Whether there is a difference other than in bytecode that says the same.
    [[nodiscard]] bool differ() const noexcept;
};

/// Compares types, permission bits, contents and link targets; not owners, times and which names are hard links.
/// Files that end in .pyc or .pyo and differ in bytes are compared by what they say, on @p threads threads; where that
/// cannot be told, they differ in content, and details say why.
/// @throws Error when a file whose bytes have to be looked at again cannot be read.
[[nodiscard]] TreeComparison compare_trees(const Tree& a, const Tree& b, unsigned threads = 1);

/// The comparison as one JSON document, indented. A path that is not UTF-8 stands in it with U+FFFD for what is not,
/// and as it is, in hexadecimal, in "path_bytes".
[[nodiscard]] std::string to_json(const TreeComparison& comparison, const Tree& a, const Tree& b);

}  // namespace pystacks::tree
