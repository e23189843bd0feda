#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "spectext/spec_text.hpp"

/// What the first word of a line says.
namespace pystacks::spectext {

struct SectionWord {
    std::string_view word;  ///< "%build", in small letters
    SectionKind kind;
};

struct ConditionWord {
    std::string_view word;  ///< "%ifarch"
    LineKind kind;          ///< open, otherwise or close
};

/// The names of sections that rpm knows. What macros make (%pyproject_extras_subpkg) is not among them.
[[nodiscard]] std::span<const SectionWord> section_words() noexcept;

/// The conditions that every rpm knows.
[[nodiscard]] std::span<const ConditionWord> condition_words() noexcept;

/// "%if" of "  %if 0"; empty when the line does not begin with a macro's name.
[[nodiscard]] std::string_view first_macro(std::string_view line) noexcept;

/// The section whose header the line is. rpm wants it at the line's beginning, in letters of any case.
[[nodiscard]] std::optional<SectionKind> header_kind(std::string_view line);

/// Whether the line is a macro that expands to scriptlets on some distributions and to nothing on others:
/// "%ldconfig_scriptlets", "%{?ldconfig_post}" (Fedora's macros.ldconfig).
[[nodiscard]] bool makes_scriptlets(std::string_view line);

/// The word itself, without the text around it. Never a continuation.
[[nodiscard]] LineKind kind_of(std::string_view line);

}  // namespace pystacks::spectext
