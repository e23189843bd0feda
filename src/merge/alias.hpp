#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "merge/comparison.hpp"

namespace pystacks::merge {

/// Where @p path of the tree leads when its symlinks are followed inside the tree; nothing when it leads nowhere.
[[nodiscard]] std::optional<std::string> resolve(const tree::Tree& tree, const std::string& path);

/// Why @p alias does not explain what @p installers (indices into @p trees) have under its path; empty when it does:
/// in each of them the path is the same file as `of`, leads to it, or has its bytes.
[[nodiscard]] std::string why_alias_fails(const stack::Stack& stack, const stack::Alias& alias,
                                          const std::vector<ConfigurationTree>& trees,
                                          const std::vector<std::size_t>& installers);

/// Why the configurations whose file is not taken for @p verdict would lose it: their `of` is itself taken from another
/// configuration. Empty when all keep theirs.
[[nodiscard]] std::string what_alias_loses(const stack::Stack& stack, const stack::Alias& alias,
                                           const std::vector<ConfigurationTree>& trees, const Comparison& comparison,
                                           const PathVerdict& verdict);

/// The lines of stack.toml that would settle a conflict: an [[alias]] where one would hold, otherwise a [[rule]].
[[nodiscard]] std::string suggest_settlement(const stack::Stack& stack, const std::vector<ConfigurationTree>& trees,
                                             const std::vector<std::size_t>& installers, const std::string& path);

}  // namespace pystacks::merge
