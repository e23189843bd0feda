#pragma once

#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/build_requirements.hpp"
#include "transform/build_tools.hpp"
#include "transform/macro_values.hpp"

namespace pystacks::transform {

/// What in a spec may have compiled modules although no entry of %files is below their folder: lists that are made by
/// the build, folders that contain site-packages, macros that are not known, folders of pure modules beside a compiler
/// of modules. Empty: the text shows that there are none.
[[nodiscard]] std::vector<Seen> unseen_modules(const spectext::SpecText& spec, const MacroValues& values,
                                               const BuildTools& tools, const BuildRequirements& required);

}  // namespace pystacks::transform
