#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extension/interpreter.hpp"

/// Imports every harvested module with both interpreters: each has to load its own file.
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

/// @return how many modules both imported. @throws Error that has what the interpreter said.
std::size_t check_imports(const ImportCheck& check, const std::vector<Twins>& modules);

}  // namespace pystacks::extension
