#include "extension/module.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <elf.h>

#include "python/module_file.hpp"

namespace pystacks::extension {
namespace {

std::optional<Module> as_module(const std::string& path, const tree::ElfInfo& elf,
                                const python::Interpreter& interpreter) {
    const std::filesystem::path file(path);
    for (python::ImportedName& name : python::imported_names(interpreter, file.filename().string())) {
        if (!is_module(elf, interpreter.abi, name.stem)) continue;
        return Module{path, file.parent_path().string(), std::move(name.stem), std::move(name.suffix), elf};
    }
    return std::nullopt;
}

/// Where import looks for a suffix among those of one folder.
std::ptrdiff_t rank(const python::Interpreter& interpreter, const std::string& suffix) {
    return std::find(interpreter.suffixes.begin(), interpreter.suffixes.end(), suffix) - interpreter.suffixes.begin();
}

}  // namespace

bool is_module(const tree::ElfInfo& elf, const python::Abi& abi, std::string_view stem) {
    const std::vector<std::string> symbols = python::init_symbols(abi, stem);
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
        if (std::optional<Module> module = as_module(path, *elf, interpreter)) {
            found.modules[{module->folder, module->stem}].push_back(std::move(*module));
        } else {
            found.libraries.push_back({path, std::move(*elf)});
        }
    }
    for (auto& [key, modules] : found.modules) {
        std::stable_sort(modules.begin(), modules.end(), [&](const Module& a, const Module& b) {
            return rank(interpreter, a.suffix) < rank(interpreter, b.suffix);
        });
    }
    return found;
}

}  // namespace pystacks::extension
