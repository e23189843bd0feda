#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compare/build_comparison.hpp"
#include "compare/text_report.hpp"

namespace pystacks::compare {

/// The part of text_report() about packages: which only one side has, and what the headers of the others differ in.
/// Empty for trees and when nothing differs.
[[nodiscard]] std::string package_report(const BuildComparison& comparison, const ReportOptions& options);

/// Whether @p pair is a file that only one side has, of a package that only that side has: the package's line says it.
class LonePackages {
public:
    explicit LonePackages(const BuildComparison& comparison);
    [[nodiscard]] bool covers(const Pair& pair) const;

private:
    std::vector<bool> of_a_, of_b_;  // by index in Side::packages
};

/// @p diff with every line indented and safe for a terminal. @param most lines that are shown; 0: all
[[nodiscard]] std::string indented_diff(std::string_view diff, std::size_t most);

}  // namespace pystacks::compare
