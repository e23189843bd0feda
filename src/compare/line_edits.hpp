#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace pystacks::compare {

/// One run of lines: equal ones, or lines that only one side has.
struct LineRun {
    enum class Kind : std::uint8_t { equal, only_a, only_b };
    Kind kind = Kind::equal;
    std::size_t a = 0, b = 0;  ///< of the first line; from 0
    std::size_t count = 0;
};

/// A shortest way from one text's lines to the other's (E. W. Myers, "An O(ND) Difference Algorithm", 1986).
/// Time is bounded by lines times @p most_edits, memory by the square of @p most_edits.
/// @return the runs in order, neighbours of different kinds; nothing when more than @p most_edits lines differ.
[[nodiscard]] std::optional<std::vector<LineRun>> line_edits(const std::vector<std::string_view>& a,
                                                             const std::vector<std::string_view>& b,
                                                             std::size_t most_edits);

}  // namespace pystacks::compare
