#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "compare/comparison.hpp"
#include "compare/text_report.hpp"

namespace pystacks::compare {

/// The part of text_report() about packages: which only one side has, and what the headers of the others differ in.
/// Empty for trees and when nothing differs.
[[nodiscard]] std::string package_report(const Comparison& comparison, const ReportOptions& options);

/// @p diff with every line indented and safe for a terminal. @param most lines that are shown; 0: all
[[nodiscard]] std::string indented_diff(std::string_view diff, std::size_t most);

}  // namespace pystacks::compare
