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

/// The first character of @p text, which must not be empty; overlong forms and surrogates are not UTF-8 (RFC 3629).
[[nodiscard]] Character first_character(std::string_view text) noexcept;

/// Whether one of the characters that a terminal may take for a command is in @p text (U+0000 to U+001F, U+007F to
/// U+009F), other than those of ASCII in @p allowed. Bytes that are not UTF-8 are none.
[[nodiscard]] bool has_control_character(std::string_view text, std::string_view allowed = {}) noexcept;

/// Text of others must not command the terminal: control characters (escape sequences begin with one) become '?', and
/// so do bytes that are not UTF-8. Tabs become spaces.
[[nodiscard]] std::string without_control_characters(std::string_view text);

/// The same for text of several lines: its newlines stay.
[[nodiscard]] std::string lines_without_control_characters(std::string_view text);

/// The same where it matters what was there: control characters, backslashes and what is not UTF-8 are \xNN, so that
/// no name can pass for another.
/// @param kept characters of ASCII that stay as they are
[[nodiscard]] std::string escaped(std::string_view text, std::string_view kept = {});

}  // namespace pystacks
