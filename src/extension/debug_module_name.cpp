#include "extension/debug_module_name.hpp"

#include "base/expression.hpp"
#include "python/module_file.hpp"

namespace pystacks::extension {
namespace {

std::optional<std::string> python2_folder(const std::string& path) {
    static const Expression pattern("/python(2\\.[0-9]+)/");
    const auto groups = pattern.first_in(path);
    if (!groups) return std::nullopt;
    return (*groups)[1];
}

/// The suffix of the same module built without Py_DEBUG.
std::string release_suffix(const python::ModuleFile& file) {
    const python::Abi release{file.abi.version, file.abi.traits.without(python::Trait::debug)};
    return python::module_suffixes(release, file.platform).front();
}

}  // namespace

std::optional<DebugModuleName> debug_module_name(std::string_view path) {
    if (path.size() > 4096) return std::nullopt;
    const std::optional<python::ModuleFile> file = python::module_file(path);
    if (!file || !file->abi.has(python::Trait::debug)) return std::nullopt;
    if (file->tag == python::Tag::version) return DebugModuleName{file->abi.version, file->stem, release_suffix(*file)};
    const std::optional<std::string> version = python2_folder(std::string(path));
    if (!version) return std::nullopt;
    return DebugModuleName{*version, file->stem, ".so"};
}

bool is_release_name(const DebugModuleName& name, std::string_view file) {
    if (file == name.stem + "module.so") return true;
    const std::optional<python::ModuleFile> release = python::module_file(file);
    if (!release || release->stem != name.stem) return false;
    return release->suffix == name.tag || release->tag == python::Tag::none || release->is_stable();
}

}  // namespace pystacks::extension
