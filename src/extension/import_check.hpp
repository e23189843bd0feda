#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extension/interpreters.hpp"

/// Imports every harvested module with both interpreters: each has to load its own file. What the release interpreter
/// cannot import, because the build root lacks what it needs at run time, says nothing about the debug build.
namespace pystacks::extension {

/// A debug module and its release twin, as installed paths.
using Twins = std::pair<std::string, std::string>;

/// Of the file `modules` that the harvest wrote. @throws Error when a line is none.
[[nodiscard]] std::vector<Twins> parse_twins(std::string_view text);

/// How a module at an installed path is imported.
struct ImportName {
    std::string folder;  ///< of sys.path: "/usr/lib64/python3.13/site-packages"
    std::string name;    ///< "markupsafe._speedups"
};
/// Outside of site-packages and dist-packages, folder and stem of the file.
[[nodiscard]] ImportName import_name(const std::string& path, const std::string& suffix);

struct ImportCheck {
    Interpreters interpreters;
    std::filesystem::path buildroot;
    std::filesystem::path templates;     ///< folder of the templates
    std::vector<std::string> no_import;  ///< globs of modules to leave out
};

struct ImportResult {
    std::size_t imported = 0;           ///< how many modules both imported
    std::vector<std::string> warnings;  ///< modules that the release interpreter cannot import, a sentence each
};

/// @throws Error that has what the interpreter said, when it loads another file, or when the debug interpreter cannot
/// import what the release interpreter can.
[[nodiscard]] ImportResult check_imports(const ImportCheck& check, const std::vector<Twins>& modules);

}  // namespace pystacks::extension
