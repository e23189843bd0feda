#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "python/headers.hpp"
#include "tree/elf.hpp"

namespace pystacks::extension {

/// What tells for which build of Python a module was compiled.
struct Evidence {
    std::set<python::Headers> headers;  ///< that DWARF names
    bool has_dwarf = false;
    bool counts_references = false;  ///< it asks for symbols of Py_REF_DEBUG
    std::string debug_symbol;  ///< the first that it asks for and that builds with Py_DEBUG alone have; may be empty
    std::vector<std::string> needed;
};

/// @param elf of the module
/// @param debug_information the file with its DWARF: itself, or a separate one
[[nodiscard]] Evidence evidence_of(const tree::ElfInfo& elf, const std::filesystem::path& debug_information);

/// What speaks against a module of the build @p abi; empty when nothing does.
[[nodiscard]] std::vector<std::string> contradictions(const Evidence& evidence, const python::Abi& abi);

/// What speaks against a module of a build with these traits, of any version, in which no variant may be noticed: all
/// that shows another build. Empty when nothing does.
[[nodiscard]] std::vector<std::string> release_contradictions(const Evidence& evidence, python::Traits traits = {});

/// With which optimization what uses Python's headers was compiled: "-O2". Empty: without, or the compiler does not
/// record it. @param debug_information as evidence_of()'s; may be empty
[[nodiscard]] std::string optimization_of(const std::filesystem::path& debug_information);
/// "-O2" of the switches that GCC records, of which the last one counts; empty for -O0, -Og, and where there is none.
[[nodiscard]] std::string optimization_in(std::string_view producer);

/// Whether something shows that the module is of a build with @p traits. (A module that never counts a reference and
/// has no DWARF shows nothing, and neither do those of languages without headers when they count by functions of
/// libpython.)
[[nodiscard]] bool proved(const Evidence& evidence, python::Traits traits);

}  // namespace pystacks::extension
