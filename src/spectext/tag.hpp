#pragma once

#include <optional>
#include <string_view>

/// Lines like "BuildRequires: gcc", as rpm reads them (findPreambleTag in build/parsePreamble.c).
namespace pystacks::spectext {

struct Tag {
    std::string_view name;    ///< as it is written: "BuildRequires", "buildrequires"
    std::string_view option;  ///< in parentheses behind the name: "post" of "Requires(post)"
    std::string_view value;   ///< trimmed, without what %dnl takes out

    /// @param lower a tag's name in small letters: rpm accepts capitals and small letters alike
    [[nodiscard]] bool is(std::string_view lower) const noexcept;
    /// "BuildRequires", or the name that it had before.
    [[nodiscard]] bool asks_for_build() const noexcept;
};

/// The tag of a line, if it has the form of one; whether rpm knows the name is not looked at.
[[nodiscard]] std::optional<Tag> tag_of(std::string_view line) noexcept;

/// The tag in "%{?name:BuildRequires: gcc}", which is there where the macro is defined, or is not.
[[nodiscard]] std::optional<Tag> conditional_tag_of(std::string_view line) noexcept;

/// @p text up to a "%dnl", which makes rpm drop the rest of the line.
[[nodiscard]] std::string_view before_dnl(std::string_view text) noexcept;

}  // namespace pystacks::spectext
