#pragma once

#include <optional>
#include <string_view>

#include "spectext/spec_text.hpp"

/// What the first word of a line says.
namespace pystacks::spectext {

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
