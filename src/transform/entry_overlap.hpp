#pragma once

#include <cstddef>
#include <vector>

#include "transform/module_owner.hpp"

namespace pystacks::transform {

/// An entry that may name a module which an entry of an earlier package names, too.
struct EntryOverlap {
    std::size_t first_owner = 0, first_entry = 0;  ///< the first such entry, in the order of the spec
    std::size_t owner = 0, entry = 0;
};

/// The entries of @p owners that are in the way of one of an owner before theirs, once each. %files of one package are
/// not in each other's way.
/// @param alternatives of each owner, the one in whose way it is not either, or no_line; may be empty
[[nodiscard]] std::vector<EntryOverlap> entry_overlaps(const std::vector<ModuleOwner>& owners,
                                                       const std::vector<std::size_t>& alternatives = {});

}  // namespace pystacks::transform
