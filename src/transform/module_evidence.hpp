#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/module_owner.hpp"

namespace pystacks::transform {

/// What shows that there are compiled modules, although none is named.
struct ModuleEvidence {
    std::size_t line = 0;
    std::string what;  ///< the end of a sentence: "the wheel is built with …"
};

/// What is known to be compiled, whatever it is.
enum class Compiled : std::uint8_t {
    something,
    perhaps_libraries,  ///< lib*.so among the modules, loaded by ctypes, may be all that is compiled
    perhaps_nothing,    ///< it asks for no compiler, which some build roots have anyway
};

/// @param with_pip whether Python's own tools install something
[[nodiscard]] std::optional<ModuleEvidence> evidence_of_modules(const spectext::SpecText& spec,
                                                                const MacroValues& values,
                                                                const std::vector<ModuleOwner>& owners, bool with_pip,
                                                                Compiled compiled);

}  // namespace pystacks::transform
