#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "extension/interpreters.hpp"

namespace pystacks::extension {

/// Programs of the second pass by name: shell scripts that call the debug interpreter, or another program with what
/// makes it find the debug interpreter.
/// @param work the second pass's folder
/// @param found where a program is on this host; empty when it does not
[[nodiscard]] std::map<std::string, std::string> stand_ins(const Interpreters& interpreters,
                                                           const std::filesystem::path& work,
                                                           const std::map<std::string, std::filesystem::path>& found);

/// Names under which pkg-config is asked for the release build, and the .pc file of the debug build for each, as far as
/// there is one.
[[nodiscard]] std::map<std::string, std::filesystem::path> pkgconfig_names(const Interpreters& interpreters);

/// Meson's native file.
[[nodiscard]] std::string meson_native_file(const Interpreters& interpreters);

/// The text of `environment`, for any POSIX shell.
/// @param builddir rpm's own build folder, to which paths in debug information are mapped
[[nodiscard]] std::string environment_text(const Interpreters& interpreters, const std::filesystem::path& builddir,
                                           const std::filesystem::path& work, const std::string& cflags);

/// What comes after it: compilers look for headers in @p folder, too, after those that they are told. GCC and clang
/// read these variables, whatever flags a build passes. CMake's find_path() looks there as well.
[[nodiscard]] std::string include_path_text(const std::filesystem::path& folder);

/// What comes before it in a root that keeps debug files (debug_files.hpp): they are shown until the shell ends.
/// @param program this pystacks
[[nodiscard]] std::string debug_files_text(const std::filesystem::path& program);

}  // namespace pystacks::extension
