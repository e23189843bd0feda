#pragma once

#include <filesystem>
#include <string>

#include "python/interpreter.hpp"

namespace pystacks::extension {

/// The release interpreter of a package, and the debug one of the same version.
struct Interpreters {
    python::Interpreter release, debug;
};

/// Asks both. @param templates the folder of templates @throws Error (usage) when they are not that
[[nodiscard]] Interpreters describe_both(const std::string& release, const std::string& debug,
                                         const std::filesystem::path& templates);
/// As describe_both(), of what python::describe() said.
[[nodiscard]] Interpreters matched(python::Interpreter release, python::Interpreter debug);

}  // namespace pystacks::extension
