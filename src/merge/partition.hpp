#pragma once

#include <string>
#include <vector>

#include "merge/comparison.hpp"

namespace pystacks::merge {

/// A path in a package's file list.
struct OwnedPath {
    enum class Mark { file, directory, license, doc };
    std::string path;
    Mark mark = Mark::file;
    friend bool operator==(const OwnedPath&, const OwnedPath&) = default;
};

struct PackageFiles {
    std::string package;
    std::vector<OwnedPath> paths;  ///< sorted bytewise
};

struct Partition {
    std::vector<PackageFiles> packages;  ///< the enabled ones, in the stack's order; some may own nothing
    std::vector<std::string> warnings;   ///< patterns that match nothing
};

/// Gives every path of the merged and byte-compiled tree to the package that owns it.
///
/// - What the base does not install goes to the package whose `configuration` took it.
/// - Otherwise the first package owns it of which a pattern of license-files, doc-files or files matches.
/// - Bytecode follows its source.
/// - A directory is owned by the packages with something in it, less those that require another of them; by nobody when
///   it matches system-directories. A directory in which the base installs nothing needs a pattern, even when another
///   configuration has files there: the base packages' lists must not depend on that.
/// - What is below /usr/lib/debug is find-debuginfo's.
///
/// @throws Error listing the paths that nobody claims; Error naming a package that would own paths of the base and of
///         another configuration, and so would differ when that one is switched off; Error (usage) for a package whose
///         `configuration` is the base.
[[nodiscard]] Partition partition(const stack::Stack& stack, const Comparison& comparison, const tree::Tree& merged);

}  // namespace pystacks::merge
