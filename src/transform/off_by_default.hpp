#pragma once

#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/additions.hpp"
#include "transform/refusal.hpp"

namespace pystacks::transform {

/// Takes reasons out of @p refusals that hold only in a condition which is off unless the packager asks for it:
/// "%if %{with docs}" below "%bcond docs 0". Only what a section does is such a reason, not where a section is.
/// @return the branches, once each, with the first reason in it
[[nodiscard]] std::vector<Exception> take_switched_off(const spectext::SpecText& spec, std::vector<Refusal>& refusals);

}  // namespace pystacks::transform
