#pragma once

#include "stack/schema.hpp"

namespace pystacks::stack {

/// Finds out which action a step is, and notes what is missing, too much or impossible about it.
/// @param misspelled  what unknown keys of the step probably meant; missing ones of these are not noted again
/// @returns a step without meaning (after a problem was noted) or the step
[[nodiscard]] InstallStep to_install_step(const Item<RawStep>& item, const std::set<std::string>& misspelled,
                                          Problems& problems);

}  // namespace pystacks::stack
