#include "extension/module.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include <elf.h>

namespace pystacks::extension {
namespace {

bool exports(const tree::ElfInfo& elf, const std::string& symbol) {
    return std::find(elf.exports.begin(), elf.exports.end(), symbol) != elf.exports.end();
}

std::optional<Module> as_module(const std::string& path, const tree::ElfInfo& elf, const Interpreter& interpreter) {
    const std::filesystem::path file(path);
    for (ModuleName& name : module_names(interpreter, file.filename().string())) {
        if (!exports(elf, init_symbol(interpreter, name.stem))) continue;
        return Module{path, file.parent_path().string(), std::move(name.stem), std::move(name.suffix), elf};
    }
    return std::nullopt;
}

/// Where import looks for a suffix among those of one folder.
std::ptrdiff_t rank(const Interpreter& interpreter, const std::string& suffix) {
    return std::find(interpreter.suffixes.begin(), interpreter.suffixes.end(), suffix) - interpreter.suffixes.begin();
}

}  // namespace

std::string init_symbol(const Interpreter& interpreter, std::string_view stem) {
    return (interpreter.python2() ? "init" : "PyInit_") + std::string(stem);
}

CompiledFiles compiled_files(const tree::Tree& tree, const Interpreter& interpreter) {
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
