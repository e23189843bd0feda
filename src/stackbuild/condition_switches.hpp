#pragma once

#include <string>
#include <string_view>

#include "rpm/switches.hpp"

namespace pystacks::stackbuild {

/// Turns on (and where it asks for it, off) those bconds that rpm's @p condition needs to hold: `%{with lto}`,
/// `%[%{with a} && !%{with b}]`, `0%{?with_a:1}`. Of alternatives it is the one that needs least beside @p switches,
/// and the first of several; what the user has said stays. What a condition says of other macros is not known here, so
/// it may still not hold. Nothing is changed where it cannot hold.
void switch_on(rpm::Switches& switches, std::string_view condition);

}  // namespace pystacks::stackbuild
