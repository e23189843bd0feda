#pragma once

#include <cstddef>
#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/module_owner.hpp"

/// Packages of modules in the branches of one %if and %else: a build has one of them.
namespace pystacks::transform {

/// Whether the branches are the two of one %if and %else. An %elif makes more than two.
[[nodiscard]] bool exclude_each_other(const spectext::SpecText& spec, std::size_t a, std::size_t b);

/// Where the owner's modules are packaged: in the condition around %files, or in one around its lines.
[[nodiscard]] std::size_t branch_of(const spectext::SpecText& spec, const ModuleOwner& owner);

/// Of each owner, the number of the one that takes its place in the other branch; no_line where there is none, or where
/// a branch has several.
[[nodiscard]] std::vector<std::size_t> alternatives(const spectext::SpecText& spec,
                                                    const std::vector<ModuleOwner>& owners);

/// How many of the owners a build can have at a time.
[[nodiscard]] std::size_t at_a_time(const std::vector<std::size_t>& alternatives);

}  // namespace pystacks::transform
