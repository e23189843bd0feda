#pragma once

#include <optional>
#include <string>

#include "spectext/spec_text.hpp"

namespace pystacks::transform {

/// The spec without the lines of conditions that never hold: "%if 0", and "%if %{name}" or "%if 0%{?name}" where the
/// spec says "%define name 0" or "%global name 0" above it and nothing else of that macro. The lines are empty then, so
/// the numbers of the others stay. Nothing when there is no such line.
[[nodiscard]] std::optional<std::string> without_dead_branches(const spectext::SpecText& spec);

}  // namespace pystacks::transform
