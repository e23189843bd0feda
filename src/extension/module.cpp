#include "extension/module.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <elf.h>

#include "python/module_file.hpp"

namespace pystacks::extension {
namespace {

/// @p file is the regular file that has @p elf, and @p path is its name or that of a link to it.
std::optional<Module> as_module(const std::string& path, const tree::ElfInfo& elf,
                                const python::Interpreter& interpreter, const std::string& file) {
    const std::filesystem::path name_and_folder(path);
    const std::string folder = name_and_folder.parent_path().string();
    for (python::ImportedName& name : python::imported_names(interpreter, name_and_folder.filename().string())) {
        if (!is_module(elf, interpreter.abi, python::imported_as(interpreter.abi, folder, name.stem))) continue;
        return Module{path, folder, std::move(name.stem), std::move(name.suffix), elf, file};
    }
    return std::nullopt;
}

/// The regular file that a link leads to, over other links of its folder as well; nothing when it leads elsewhere.
std::optional<std::string> linked_in_folder(const tree::Tree& tree, const std::string& path) {
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    std::string at = path;
    for (int steps = 0; steps < 8; ++steps) {
        const auto entry = tree.entries.find(at);
        if (entry == tree.entries.end()) return std::nullopt;
        if (entry->second.type == tree::FileType::regular) return at;
        const std::string& target = entry->second.target;
        if (entry->second.type != tree::FileType::symlink || target.find('/') != std::string::npos) return std::nullopt;
        at = folder + target;
    }
    return std::nullopt;
}

/// A file with a version in its name is a module by the link that import finds: Python follows it.
void add_linked_modules(CompiledFiles& found, const tree::Tree& tree, const python::Interpreter& interpreter) {
    std::set<std::string> taken;
    for (const auto& [path, entry] : tree.entries) {
        if (entry.type != tree::FileType::symlink || path.find(".so") == std::string::npos) continue;
        const std::optional<std::string> file = linked_in_folder(tree, path);
        if (!file) continue;
        const auto library = std::find_if(found.libraries.begin(), found.libraries.end(),
                                          [&](const Library& each) { return each.path == *file; });
        if (library == found.libraries.end()) continue;
        std::optional<Module> module = as_module(path, library->elf, interpreter, *file);
        if (!module) continue;
        found.modules[{module->folder, module->stem}].push_back(std::move(*module));
        taken.insert(*file);
    }
    std::erase_if(found.libraries, [&](const Library& each) { return taken.contains(each.path); });
}

/// Where import looks for a suffix among those of one folder.
std::ptrdiff_t rank(const python::Interpreter& interpreter, const std::string& suffix) {
    return std::find(interpreter.suffixes.begin(), interpreter.suffixes.end(), suffix) - interpreter.suffixes.begin();
}

}  // namespace

bool is_module(const tree::ElfInfo& elf, const python::Abi& abi, std::string_view name) {
    const std::vector<std::string> symbols = python::init_symbols(abi, name);
    return std::any_of(symbols.begin(), symbols.end(), [&](const std::string& symbol) {
        return std::find(elf.exports.begin(), elf.exports.end(), symbol) != elf.exports.end();
    });
}

CompiledFiles compiled_files(const tree::Tree& tree, const python::Interpreter& interpreter) {
    CompiledFiles found;
    for (const auto& [path, entry] : tree.entries) {
        if (entry.type != tree::FileType::regular || path.find(".so") == std::string::npos) continue;
        std::optional<tree::ElfInfo> elf = tree::read_elf(tree.locate(path));
        if (!elf || elf->type != ET_DYN) continue;
        if (std::optional<Module> module = as_module(path, *elf, interpreter, path)) {
            found.modules[{module->folder, module->stem}].push_back(std::move(*module));
        } else {
            found.libraries.push_back({path, std::move(*elf)});
        }
    }
    add_linked_modules(found, tree, interpreter);
    for (auto& [key, modules] : found.modules) {
        std::stable_sort(modules.begin(), modules.end(), [&](const Module& a, const Module& b) {
            return rank(interpreter, a.suffix) < rank(interpreter, b.suffix);
        });
    }
    return found;
}

}  // namespace pystacks::extension
