#pragma once

#include <string>
#include <string_view>

namespace pystacks::report {

/// Columns that UTF-8 text takes on a terminal: wide characters two, combining ones none; a byte that is not UTF-8,
/// one.
[[nodiscard]] int display_width(std::string_view text) noexcept;

/// The longest beginning of @p text that fits into @p columns; "…" takes the last column when something was cut off.
[[nodiscard]] std::string cut_to_width(std::string_view text, int columns);

}  // namespace pystacks::report
