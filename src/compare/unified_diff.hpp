#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pystacks::compare {

struct UnifiedDiff {
    std::string text;                        ///< "@@ -1,3 +1,4 @@" and so on, without the lines that name the files
    std::uint64_t lines_a = 0, lines_b = 0;  ///< that only A, only B has
    bool cut = false;                        ///< the text does not show all of them
};

/// Bounds of a diff: the texts come from elsewhere.
constexpr std::size_t most_diff_edits = 1000;   ///< lines that differ; beyond, no diff is made and lines_a is 0
constexpr std::size_t most_diff_bytes = 16384;  ///< of UnifiedDiff::text, give or take a line
constexpr std::size_t longest_diff_line = 400;  ///< bytes; longer lines are shown up to there

/// The difference of two texts, three lines of context around every change. A last line without its newline is marked
/// as diff(1) marks it.
[[nodiscard]] UnifiedDiff unified_diff(std::string_view a, std::string_view b);

}  // namespace pystacks::compare
