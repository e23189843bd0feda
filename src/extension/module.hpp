#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extension/interpreters.hpp"
#include "tree/elf.hpp"
#include "tree/tree.hpp"

namespace pystacks::extension {

/// A compiled extension module in a tree.
struct Module {
    std::string path;    ///< in the tree, absolute: "/usr/lib64/python3.13/site-packages/x/_y.abi3.so"
    std::string folder;  ///< "/usr/lib64/python3.13/site-packages/x"
    std::string stem;    ///< "_y"
    std::string suffix;  ///< ".abi3.so"
    tree::ElfInfo elf;
    /// The regular file: `path`, or what a link of that name leads to in the same folder, as libtool makes it of
    /// `-module` without `-avoid-version`: "_y.so.0.0.0".
    std::string file;
};

/// Folder and stem: what makes modules of two builds twins.
using ModuleKey = std::pair<std::string, std::string>;

/// A shared library that is not a module.
struct Library {
    std::string path;
    tree::ElfInfo elf;
};

struct CompiledFiles {
    /// What one key has, in the order in which import would look for them.
    std::map<ModuleKey, std::vector<Module>> modules;
    std::vector<Library> libraries;
};

/// Whether it exports a function that makes it the module @p name (python::imported_as(), python::init_symbols()).
[[nodiscard]] bool is_module(const tree::ElfInfo& elf, const python::Abi& abi, std::string_view name);

/// All shared libraries of @p tree, distinguished by what they export and by what @p interpreter would load.
/// @throws Error when an ELF file is damaged
[[nodiscard]] CompiledFiles compiled_files(const tree::Tree& tree, const python::Interpreter& interpreter);

}  // namespace pystacks::extension
