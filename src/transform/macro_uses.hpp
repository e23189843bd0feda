#pragma once

#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

#include "spectext/spec_text.hpp"

namespace pystacks::transform {

/// Which lines of a spec define its macros, and which use them: looked up, not searched for again for each macro.
class MacroUses {
public:
    using Lines = std::vector<std::size_t>;  ///< ascending

    explicit MacroUses(const spectext::SpecText& spec);

    [[nodiscard]] const Lines& definitions_of(std::string_view name) const;
    /// Lines with the macro that are no comments. The macro is one that the spec defines.
    [[nodiscard]] const Lines& uses_of(std::string_view name) const;

private:
    struct Macro {
        Lines definitions, uses;
    };
    [[nodiscard]] const Macro& macro(std::string_view name) const;

    std::map<std::string_view, Macro> macros_;
    Macro unknown_;
};

/// The first of @p lines that is not above @p begin; no_line when there is none.
[[nodiscard]] std::size_t first_from(const MacroUses::Lines& lines, std::size_t begin);

}  // namespace pystacks::transform
