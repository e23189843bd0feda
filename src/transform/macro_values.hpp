#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "spectext/spec_text.hpp"

namespace pystacks::transform {

/// What the spec's own unconditional definitions say, and distributions' other names of %{_libdir}
/// (library_folder_macros()), for looking at text. Never written into a spec.
class MacroValues {
public:
    explicit MacroValues(const spectext::SpecText& spec);

    /// @p text with %{name}, %{?name} and %name replaced where they are known; others stay. A result of some
    /// thousand characters says enough: it is not replaced in any further.
    [[nodiscard]] std::string look(std::string_view text) const;

private:
    [[nodiscard]] std::string once(std::string_view text, bool& changed) const;

    std::map<std::string, std::string, std::less<>> values_;
};

/// The macros that @p text uses: "name", "with debug_build" as "debug_build".
[[nodiscard]] bool uses_macro(std::string_view text, std::string_view name);

/// All names for which uses_macro(@p text, name) holds, of those that a macro can have.
[[nodiscard]] std::set<std::string_view> used_names(std::string_view text);

/// Whether @p word is in @p text with nothing that belongs to a name on either side.
[[nodiscard]] bool has_word(std::string_view text, std::string_view word);

}  // namespace pystacks::transform
