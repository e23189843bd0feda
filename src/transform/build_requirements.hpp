#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/macro_values.hpp"

namespace pystacks::transform {

/// What the packages that a spec needs for its build say of compiled modules.
struct BuildRequirements {
    bool compiler = false;
    bool other_than_rust = false;  ///< a compiler of another language than Rust
    bool rust = false;
    std::optional<std::string> builder;  ///< "cmake": builds whatever it is told to
    /// A tool that compiles modules and nothing else: Cython, pybind11. Not numpy or sip, which modules import as well.
    bool binding_tool = false;
    bool module_tool = false;      ///< such a tool, but for PyGObject's, which libraries are introspected with
    bool other_binding = false;    ///< such a tool, of another language than Rust, which is not imported as cffi is
    bool boost = false;            ///< Boost's headers, which say of Python what the build makes of them
    bool setuptools_tool = false;  ///< such a tool that setup.py or a wheel's backend calls itself
    bool python_headers = false;
    bool other_headers = false;   ///< those of a library
    bool of_clear_linux = false;  ///< asks for what only Clear Linux has (buildreq-…)

    struct Found {
        std::size_t line = 0;  ///< from 0
        std::string what;      ///< "compiles modules: cython"
    };
    std::vector<Found> found;
};

[[nodiscard]] BuildRequirements build_requirements(const spectext::SpecText& spec, const MacroValues& values);

}  // namespace pystacks::transform
