#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/interpreter_kind.hpp"
#include "transform/module_owner.hpp"

/// What can be seen in a spec: how it builds, and who has compiled modules.
namespace pystacks::transform {

enum class BuildClass : std::uint8_t {
    pyproject,
    py3_build,
    py2_build,
    meson,
    cmake,
    autotools,
    make,
    mixed,
    no_module,
    unknown
};
[[nodiscard]] std::string_view name_of(BuildClass kind);

/// Something in the spec that a conclusion rests on.
struct Seen {
    std::size_t line = 0;  ///< from 0
    std::string what;
};

enum class Modules : std::uint8_t { none, some, unclear };

struct Observation {
    BuildClass build = BuildClass::unknown;  ///< how the modules are built; no_module when there are none
    Modules modules = Modules::none;
    std::string why;  ///< of the answer about modules: the end of a sentence
    std::vector<Seen> seen;
    std::vector<ModuleOwner> owners;
    InterpreterKind interpreter = InterpreterKind::python3;  ///< that the modules are for
    bool has_shared_library = false;                         ///< in %{_libdir}, which modules may be linked to
};

[[nodiscard]] Observation observe(const spectext::SpecText& spec, const MacroValues& values);

}  // namespace pystacks::transform
