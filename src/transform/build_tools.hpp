#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spectext/spec_text.hpp"

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

/// With which tools the scripts of a spec build.
struct BuildTools {
    BuildClass kind = BuildClass::unknown;
    bool python = false;  ///< Python's own: setup.py, pip, a wheel
    bool native = false;  ///< meson, cmake, autotools; make, where there is nothing else
    bool cmake = false;
    bool make = false;             ///< other than for documents and tests
    bool other_builder = false;    ///< what compiles something else than modules: cargo, go
    bool installs_python = false;  ///< Python's own tools install something
    std::vector<Seen> seen;
};

[[nodiscard]] BuildTools build_tools(const spectext::SpecText& spec);

/// Whether the line is in a script that builds or installs: %conf, %build, %install.
[[nodiscard]] bool in_build_script(const spectext::SpecText& spec, const spectext::Line& line);

}  // namespace pystacks::transform
