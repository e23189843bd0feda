#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "transform/entry_overlap.hpp"
#include "transform/module_owner.hpp"

namespace pystacks::transform {

/// Which packages of modules a build can tell apart.
///
/// A package may list a folder and exclude what another package lists; then both patterns match that package's modules.
/// The build tells them apart if the narrower pattern comes first, as the harvest takes the first that matches.
struct ToldApart {
    std::vector<EntryOverlap> overlaps;  ///< of which nothing says whose the modules are
    std::vector<std::size_t> order;      ///< all numbers of owners: in this order the first pattern is the right one
};

/// @param alternatives as for entry_overlaps()
[[nodiscard]] ToldApart tell_apart(const std::vector<ModuleOwner>& owners,
                                   const std::vector<std::size_t>& alternatives);

}  // namespace pystacks::transform
