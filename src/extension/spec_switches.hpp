#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rpm/switches.hpp"

namespace pystacks::extension {

/// The bconds that a spec names anywhere, sorted: `%bcond check 1`, `%bcond_with check`, `%{with check}`,
/// `%{?_without_check}`. The text is read, not expanded.
[[nodiscard]] std::vector<std::string> bconds_named_in(std::string_view spec);

/// Refuses --with and --without of a bcond that the spec does not name, as rpm would ignore it. Nothing is refused
/// where the spec includes other files, which may name it.
/// @param name the spec's @throws Error (usage) with the nearest
void check_spec_switches(const rpm::Switches& switches, std::string_view spec, const std::string& name);

}  // namespace pystacks::extension
