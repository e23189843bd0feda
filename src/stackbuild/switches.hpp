#pragma once

#include "rpm/switches.hpp"
#include "stack/stack.hpp"

namespace pystacks::stackbuild {

/// @throws Error (usage) for a bcond that the stack does not have, with the nearest that it has, for one that is both
/// on and off, and for a definition without a name. rpm itself would ignore a misspelt one silently.
void check_switches(const rpm::Switches& switches, const stack::Stack& raw);

}  // namespace pystacks::stackbuild
