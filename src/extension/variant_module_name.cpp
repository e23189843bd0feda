#include "extension/variant_module_name.hpp"

#include "base/expression.hpp"
#include "python/module_file.hpp"
#include "python/trait_names.hpp"

namespace pystacks::extension {
namespace {

std::optional<std::string> python2_folder(const std::string& path) {
    static const Expression pattern("/python(2\\.[0-9]+)/");
    const auto groups = pattern.first_in(path);
    if (!groups) return std::nullopt;
    return (*groups)[1];
}

/// The suffix of the same module in a build of these traits. Old flags (m, u) are the file's own.
std::string suffix_of(const python::ModuleFile& file, python::Traits base) {
    python::Traits traits = base;
    for (const python::Trait old : {python::Trait::pymalloc, python::Trait::wide_unicode}) {
        if (file.abi.has(old)) traits.add(old);
    }
    return python::module_suffixes({file.abi.version, traits}, file.platform).front();
}

}  // namespace

std::optional<VariantModuleName> variant_module_name(std::string_view path, python::Traits base) {
    if (path.size() > 4096) return std::nullopt;
    const std::optional<python::ModuleFile> file = python::module_file(path);
    if (!file) return std::nullopt;
    const python::Traits traits = python::with_words(file->abi.traits);
    if (file->tag == python::Tag::version && traits != python::with_words(base))
        return VariantModuleName{file->abi.version, file->stem, suffix_of(*file, base), traits};
    if (file->tag != python::Tag::python2_debug) return std::nullopt;
    const std::optional<std::string> version = python2_folder(std::string(path));
    if (!version) return std::nullopt;
    return VariantModuleName{*version, file->stem, ".so", traits};
}

bool is_twin_name(const VariantModuleName& name, std::string_view file) {
    if (file == name.stem + "module.so") return true;
    const std::optional<python::ModuleFile> twin = python::module_file(file);
    if (!twin || twin->stem != name.stem) return false;
    return twin->suffix == name.twin || twin->tag == python::Tag::none || twin->is_stable();
}

python::Traits release_traits(std::string_view path, python::Traits base) {
    const std::optional<python::ModuleFile> file = python::module_file(path);
    if (file && file->abi.has(python::Trait::free_threaded)) base.add(python::Trait::free_threaded);
    return base;
}

}  // namespace pystacks::extension
