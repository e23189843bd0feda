#pragma once

#include <vector>

#include <rpm/rpmtypes.h>

#include "rpm/package.hpp"

namespace pystacks::rpm {

/// All scriptlets, then triggers, then file triggers of a header, in rpm's order.
[[nodiscard]] std::vector<Scriptlet> read_scriptlets(Header header);

}  // namespace pystacks::rpm
