#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pystacks {

/// One character of UTF-8 text, or one byte that is not UTF-8.
struct Character {
    std::uint32_t code = 0xFFFD;
    std::size_t bytes = 1;
};

/// The first character of @p text, which must not be empty.
[[nodiscard]] Character first_character(std::string_view text) noexcept;

/// Text of others must not command the terminal: control characters (escape sequences begin with one) become '?', and
/// so do bytes that are not UTF-8. Tabs become spaces.
[[nodiscard]] std::string without_control_characters(std::string_view text);

/// The same for text of several lines: its newlines stay.
[[nodiscard]] std::string lines_without_control_characters(std::string_view text);

}  // namespace pystacks
