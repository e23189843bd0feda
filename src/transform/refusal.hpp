#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

/// Why a spec is left as it is.
namespace pystacks::transform {

enum class Reason : std::uint8_t {
    broken_text,    ///< an %if or a macro is not closed
    by_hand,        ///< the spec has macros or a switch of the same names
    included_text,  ///< %include, %{load:…}
    sections_from_lua,
    sections_from_macros,
    declarative_build,  ///< parts of sections beside whole ones
    unknown_build,      ///< no build system that is known to use the interpreter it is given
    section_missing,
    section_twice,
    section_order,
    section_conditional,
    section_leaves_early,   ///< exit
    definition_in_section,  ///< the second pass would find the value that the first one ended with
    eager_definition,       ///< %global in the preamble that holds the release build's folders, flags or interpreter
    several_trees,          ///< %setup -b
    no_tree,                ///< no %setup
    several_interpreters,
    foreign_macros,      ///< of a distribution whose builds do not follow %__python3
    interpreter_list,    ///< macros that build for each interpreter of a list
    unversioned_python,  ///< "python": which one depends on the host
    other_interpreter,   ///< Python 2, or one that is given by its path
    fixed_headers,       ///< the release interpreter's headers or library are given by their path
    fixed_folder,        ///< a folder is named as only the release interpreter's build calls it
    several_builds,      ///< MPI variants
    heavy_build,
    uses_python_library,  ///< a helper library that would be a release build
    unknown_list,         ///< %files -f of something that is not known to hold no modules
    unclear_modules,      ///< cannot be told whether there are any
    not_told_apart,       ///< which package has which modules
    owner_condition,      ///< the condition around %files cannot be repeated
    own_version,          ///< the package has another version than the spec
    proof_failed,         ///< rpm says that a promise does not hold
};

struct Refusal {
    Reason reason = Reason::broken_text;
    std::size_t line = 0;  ///< from 0
    std::string detail;    ///< what is there
};

/// "section-twice": in tables and JSON.
[[nodiscard]] std::string_view key_of(Reason reason);
/// A sentence's end: "the spec has a section twice".
[[nodiscard]] std::string_view text_of(Reason reason);
/// What a person would have to do.
[[nodiscard]] std::string_view way_out(Reason reason);

/// The error that says why @p spec is refused: its first reason in full, and how many more there are.
/// @param refusals at least one
[[nodiscard]] Error refusal_error(const std::string& attempted, const std::string& spec,
                                  const std::vector<Refusal>& refusals);

}  // namespace pystacks::transform
