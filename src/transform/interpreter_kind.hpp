#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/module_owner.hpp"

/// Which Python a package's modules are for, by the words of its spec.
namespace pystacks::transform {

enum class InterpreterKind : std::uint8_t {
    python3,
    python2,
    unversioned,  ///< "python" alone: which one that is depends on the host
};

/// What a path or command names: "%{python2_sitearch}/x", "%{__python} setup.py". Python 3 when it names none.
[[nodiscard]] InterpreterKind named_interpreter(std::string_view text);

/// The interpreter of the modules that @p owners have; where their folders do not say it, that of the build.
[[nodiscard]] InterpreterKind interpreter_of(const spectext::SpecText& spec, const MacroValues& values,
                                             const std::vector<ModuleOwner>& owners);

}  // namespace pystacks::transform
