#include "extension/foreign_headers.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "base/file.hpp"

namespace pystacks::extension {
namespace {

bool has_headers(const python::Interpreter& interpreter, const fs::path& name) {
    return std::any_of(interpreter.header_folders.begin(), interpreter.header_folders.end(),
                       [&](const fs::path& folder) { return fs::exists(folder / name); });
}

/// Fedora's pyconfig.h includes pyconfig-64.h.
bool is_pythons_own(const std::string& name) {
    return name == "cpython" || name == "internal" || name.starts_with("pyconfig");
}

}  // namespace

std::vector<fs::path> foreign_headers(const Interpreters& interpreters) {
    std::map<std::string, fs::path> found;
    for (const fs::path& folder : interpreters.release.header_folders) {
        if (!fs::is_directory(folder)) continue;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
            const std::string name = entry.path().filename().string();
            const bool header = entry.is_directory() || entry.path().extension().string().starts_with(".h");
            if (!header || is_pythons_own(name) || has_headers(interpreters.variant, name)) continue;
            found.try_emplace(name, entry.path());
        }
    }
    std::vector<fs::path> paths;
    for (const auto& [name, path] : found) paths.push_back(path);
    return paths;
}

}  // namespace pystacks::extension
