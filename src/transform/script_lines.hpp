#pragma once

#include <string>

#include "transform/interpreter_kind.hpp"

/// What a line of a script does with interpreters.
namespace pystacks::transform {

/// Whether the line builds for another Python than the modules', or for each of a list of Pythons.
[[nodiscard]] bool is_for_other_python(const std::string& text, InterpreterKind interpreter);

/// Whether the line runs a program that is written in Python on text, from "<" to ">" or through a pipe: it compiles
/// nothing, whichever interpreter runs it.
[[nodiscard]] bool runs_text_filter(const std::string& text);

/// Whether the line has a path in it that is called as CMake's build types other than Debug are.
[[nodiscard]] bool names_build_type(const std::string& text);
/// Whether the line makes such a folder, which then is there whatever CMake builds: "mkdir Release", "-B Release".
[[nodiscard]] bool makes_build_type_folder(const std::string& text);

}  // namespace pystacks::transform
