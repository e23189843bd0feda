#pragma once

#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/observation.hpp"
#include "transform/refusal.hpp"

namespace pystacks::transform {

/// Whether the spec uses macros of debug packages, or sets them: not where it only mentions them, as in %changelog.
[[nodiscard]] bool has_debug_macros(const spectext::SpecText& spec);

/// Reasons in the text around the sections: what cannot be seen, and sections that cannot be repeated.
[[nodiscard]] std::vector<Refusal> structure_obstacles(const spectext::SpecText& spec);

/// Reasons in what the sections do.
[[nodiscard]] std::vector<Refusal> build_obstacles(const spectext::SpecText& spec, const MacroValues& values,
                                                   const Observation& seen);

/// Definitions in sections that are repeated.
[[nodiscard]] std::vector<Refusal> definition_obstacles(const spectext::SpecText& spec, const MacroValues& values);

/// Conditions under which the package is built for another Python, too: their branches. Where one holds, there are no
/// debug modules.
[[nodiscard]] std::vector<std::size_t> branches_of_other_pythons(const spectext::SpecText& spec,
                                                                 const MacroValues& values,
                                                                 InterpreterKind interpreter);

/// Reasons in what %files say.
[[nodiscard]] std::vector<Refusal> owner_obstacles(const spectext::SpecText& spec, const MacroValues& values,
                                                   const Observation& seen);

}  // namespace pystacks::transform
