#pragma once

#include <string>

#include "spectext/spec_text.hpp"
#include "transform/macro_values.hpp"

namespace pystacks::transform {

/// Whether %install itself makes @p folder ("%{_libdir}/fast") behind all that installs by itself, and each line that
/// puts something there names files that are no modules: libraries, jars, scripts. A line that is not understood may
/// put anything there.
[[nodiscard]] bool is_filled_without_modules(const spectext::SpecText& spec, const MacroValues& values,
                                             std::string folder);

}  // namespace pystacks::transform
