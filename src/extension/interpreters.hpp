#pragma once

#include <filesystem>
#include <string>

#include "python/interpreter.hpp"

namespace pystacks::extension {

/// The interpreters of one pass, of the same version of Python.
struct Interpreters {
    python::Interpreter release;  ///< of the release build
    python::Interpreter variant;  ///< of the pass's configuration
};

/// Asks both. @param traits of the pass's configuration @param templates the folder of templates
/// @throws Error (usage) when they are not that
[[nodiscard]] Interpreters describe_both(const std::string& release, const std::string& variant, python::Traits traits,
                                         const std::filesystem::path& templates);
/// As describe_both(), of what python::describe() said.
[[nodiscard]] Interpreters matched(python::Interpreter release, python::Interpreter variant, python::Traits traits);

}  // namespace pystacks::extension
