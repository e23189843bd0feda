#pragma once

#include <string>
#include <string_view>

namespace pystacks::tree {

/// Whether @p bytes are well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
[[nodiscard]] bool is_utf8(std::string_view bytes) noexcept;

/// A path for people's eyes: control characters, backslashes and what is not UTF-8 as \xNN, so that a name from
/// elsewhere can neither drive the terminal nor pass for another.
[[nodiscard]] std::string printable_path(std::string_view path);

/// A line of a text for people's eyes: as printable_path(), but tabs and backslashes stay what they are.
[[nodiscard]] std::string printable_line(std::string_view line);

}  // namespace pystacks::tree
