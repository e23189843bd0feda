#pragma once

#include <cstddef>
#include <string>

#include "compare/build_comparison.hpp"

namespace pystacks::compare {

constexpr std::size_t lines_without_all = 50;       ///< of differences
constexpr std::size_t diff_lines_without_all = 12;  ///< of one text's diff
constexpr std::size_t diffs_without_all = 10;
constexpr std::size_t dependencies_without_all = 8;  ///< of one kind, package and side

struct ReportOptions {
    bool all = false;         ///< every difference, whole diffs
    bool strict = false;      ///< bytecode that says the same counts, and times do
    bool incomplete = false;  ///< something could not be read
};

/// The comparison for people: differences, packages, a table of totals, and the conclusion.
[[nodiscard]] std::string text_report(const BuildComparison& comparison, const ReportOptions& options);

/// One or two sentences: whether A and B differ, and whether it matters. Ends with a newline.
[[nodiscard]] std::string conclusion(const BuildComparison& comparison, bool strict);

/// "only in A", "same code" …: what people read for the verdict.
[[nodiscard]] std::string_view label_of(PairVerdict verdict) noexcept;

}  // namespace pystacks::compare
