#include "extension/helper_library.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

namespace pystacks::extension {
namespace {

std::string name_of(const Library& library) {
    if (!library.elf.soname.empty()) return library.elf.soname;
    return std::filesystem::path(library.path).filename().string();
}

const Library* find_named(const std::vector<Library>& libraries, const std::string& name) {
    const auto found = std::find_if(libraries.begin(), libraries.end(),
                                    [&](const Library& library) { return name_of(library) == name; });
    return found == libraries.end() ? nullptr : &*found;
}

bool uses_python(const Library& library) {
    return std::any_of(library.elf.imports.begin(), library.elf.imports.end(),
                       [](const std::string& symbol) { return symbol.starts_with("Py") || symbol.starts_with("_Py"); });
}

bool is_at(const std::vector<Library>& libraries, const std::string& path) {
    return std::any_of(libraries.begin(), libraries.end(), [&](const Library& each) { return each.path == path; });
}

}  // namespace

HelperLibraries helper_libraries(const Module& module, const std::vector<Library>& staged,
                                 const std::vector<Library>& release) {
    HelperLibraries found;
    std::set<std::string> seen;
    std::vector<std::string> open = module.elf.needed;
    while (!open.empty()) {
        const std::string name = open.back();
        open.pop_back();
        const Library* library = find_named(staged, name);
        if (library == nullptr || !seen.insert(name).second) continue;
        if (!is_at(release, library->path)) {
            found.problems.push_back("it needs " + library->path + ", which the release package does not have");
        } else if (uses_python(*library)) {
            if (found.uses_python.empty()) found.uses_python = library->path;
        } else {
            found.notes.push_back(library->path + " is shared by both builds: it does not use Python");
        }
        open.insert(open.end(), library->elf.needed.begin(), library->elf.needed.end());
    }
    return found;
}

}  // namespace pystacks::extension
