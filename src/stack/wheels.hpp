#pragma once

#include "stack/schema.hpp"

namespace pystacks::stack {

/// What [[wheels]] must be beyond keys and types: tables of packages that there are, one each, whose projects have a
/// name, a version and a license. @param packages all of the stack's
void check_wheels(const std::vector<Item<Wheels>>& wheels, const std::vector<Package>& packages, Problems& problems);

}  // namespace pystacks::stack
