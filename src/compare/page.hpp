#pragma once

#include <filesystem>
#include <string>

#include "compare/build_comparison.hpp"

namespace pystacks::compare {

/// The comparison as one HTML page that needs nothing but itself.
/// @param templates the folder of page.html, style and scripts. A line `{{name}}` of page.html is replaced by the file
/// of that name, `{{data}}` by the comparison as JSON. @throws Error when a template cannot be read.
[[nodiscard]] std::string page(const BuildComparison& comparison, const std::filesystem::path& templates);

}  // namespace pystacks::compare
