#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/build_tools.hpp"
#include "transform/interpreter_kind.hpp"
#include "transform/module_owner.hpp"

/// What can be seen in a spec: how it builds, and who has compiled modules.
namespace pystacks::transform {

enum class Modules : std::uint8_t { none, some, unclear };

struct Observation {
    BuildClass build = BuildClass::unknown;  ///< how the modules are built; no_module when there are none
    Modules modules = Modules::none;
    std::string why;  ///< of the answer about modules: the end of a sentence
    std::vector<Seen> seen;
    std::vector<ModuleOwner> owners;
    /// Lines of %files with patterns in the folder of modules that are for something else, but could match a folder.
    std::vector<std::size_t> bystanders;
    InterpreterKind interpreter = InterpreterKind::python3;  ///< that the modules are for
    std::vector<Seen> doubts;                                ///< where modules may be that nothing shows
    std::string distribution;  ///< as the spec says it, or whose macros it has; empty: not known
    /// A line with a macro of a distribution whose builds do not follow %__python3.
    std::size_t foreign_build = spectext::no_line;
    /// Why the build has to say whether there is a -debug package at all; empty where there is one.
    std::string build_decides;
    bool builds_with_cmake = false;
    bool places_modules = false;  ///< a script itself puts modules into Python's folders
    /// Folders with shared libraries that modules may be linked to: "%{_libdir}", "%{_libdir}/%{name}". As written.
    std::set<std::string> library_folders;
};

[[nodiscard]] Observation observe(const spectext::SpecText& spec, const MacroValues& values);

}  // namespace pystacks::transform
