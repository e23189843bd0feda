#pragma once

#include <string>
#include <vector>

#include "spectext/spec_text.hpp"

namespace pystacks::transform {

/// File names of the sources and patches that the spec needs whatever it is built with: of tags outside conditions,
/// whose values hold no macros but those that the spec itself defines for good, its name and its version. Others are
/// known to rpm alone, in the root in which it builds.
[[nodiscard]] std::vector<std::string> plain_sources(const spectext::SpecText& spec);

}  // namespace pystacks::transform
