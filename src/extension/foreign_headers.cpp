#include "extension/foreign_headers.hpp"

#include <algorithm>

#include "base/file.hpp"

namespace pystacks::extension {
namespace {

bool has_headers(const python::Interpreter& interpreter, const fs::path& name) {
    return std::any_of(interpreter.header_folders.begin(), interpreter.header_folders.end(),
                       [&](const fs::path& folder) { return fs::exists(folder / name); });
}

}  // namespace

std::vector<fs::path> folders_of_foreign_headers(const Interpreters& interpreters) {
    std::vector<fs::path> found;
    for (const fs::path& folder : interpreters.release.header_folders) {
        if (!fs::is_directory(folder)) continue;
        const fs::directory_iterator entries(folder);
        const bool foreign = std::any_of(begin(entries), end(entries), [&](const fs::directory_entry& entry) {
            const fs::path name = entry.path().filename();
            const bool pythons_own = name == "cpython" || name == "internal";
            return entry.is_directory() && !pythons_own && !has_headers(interpreters.debug, name);
        });
        if (foreign) found.push_back(folder);
    }
    return found;
}

}  // namespace pystacks::extension
