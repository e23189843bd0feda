#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stack/stack.hpp"
#include "tree/tree.hpp"

/// From the install trees of N configurations to one buildroot and the file list of each package.
namespace pystacks::merge {

/// What one configuration installed.
struct ConfigurationTree {
    std::string name;
    tree::Tree tree;
};

/// What becomes of one path.
struct PathVerdict {
    enum class Kind {
        shared,    ///< the base and at least one other configuration install the same
        own,       ///< in one configuration only, or in several without the base, all the same
        alias,     ///< a short name: each configuration keeps what it means by it under a longer one
        rule,      ///< a rule of the stack says whose file is taken
        conflict,  ///< nothing says which to take: the merge must not continue
    };
    std::string path;
    Kind kind = Kind::conflict;
    std::string winner;                       ///< whose file is taken; the base wherever it installs the path
    std::vector<std::string> configurations;  ///< that install it, in the stack's order
    std::string reason;                       ///< one line: what is the same, what settled it, or what differs
    std::string suggestion;                   ///< of a conflict: the lines of stack.toml that would settle it
};

/// "shared", "own" … as in comparison.json.
[[nodiscard]] std::string_view to_string(PathVerdict::Kind kind) noexcept;

/// The verdicts on all paths of all trees.
struct Comparison {
    std::string base;                   ///< name of the base configuration
    std::vector<PathVerdict> verdicts;  ///< sorted bytewise by path; paths as in tree::Tree
    std::vector<std::string> warnings;  ///< aliases and rules that settle nothing, with their line

    [[nodiscard]] const PathVerdict* find(std::string_view path) const noexcept;
    [[nodiscard]] bool installed_by_base(const PathVerdict& verdict) const noexcept {
        return verdict.configurations.front() == base;
    }
};

/// Gives every path of every tree its verdict, except for bytecode whose source is below stack.bytecode.paths: that
/// is made again after the merge, and what `make install` happened to leave of it says nothing. Reads files only where
/// digests differ: to compare bytecode, and to say what differs. Unused aliases and rules are warned of only when all
/// configurations of the stack take part, since those of one that is switched off cannot be judged.
/// @param trees of the enabled configurations, the base first
/// @throws Error (usage) when a rule would take a path of the base from another configuration: the base packages must
///         be the same with and without the others. A conflict is a verdict, not an exception.
[[nodiscard]] Comparison compare(const stack::Stack& stack, const std::vector<ConfigurationTree>& trees);

/// @throws Error that lists every conflict, what differs, and the lines of stack.toml that would settle them.
void require_no_conflicts(const stack::Stack& stack, const Comparison& comparison);

}  // namespace pystacks::merge
