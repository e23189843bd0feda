#pragma once

#include <set>
#include <string>

#include "spectext/spec_text.hpp"
#include "transform/macro_values.hpp"

namespace pystacks::transform {

/// Installed folders that %install copies from the sources as they are, such as tests: "cp -r tests
/// %{buildroot}%{python3_sitearch}/fast/". Nothing is compiled in them. As paths in the package, the spec's macros
/// replaced, without a slash at the end. Empty where the build compiles in the source tree (build_ext --inplace).
[[nodiscard]] std::set<std::string> copied_folders(const spectext::SpecText& spec, const MacroValues& values);

/// @p path as it is in that set.
[[nodiscard]] std::string folder_name(std::string path);

}  // namespace pystacks::transform
