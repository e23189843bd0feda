#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "python/abi.hpp"

namespace pystacks::extension {

/// A file of a variant's module, told by its name alone, and what its twin may be called: the module of the
/// configuration that it is a variant of.
struct VariantModuleName {
    std::string version;  ///< of Python, by tag or folder; "3.13"
    std::string stem;     ///< "_speedups"
    std::string twin;     ///< suffix of the twin: ".cpython-313-x86_64-linux-gnu.so"; ".so" for Python 2
    python::Traits traits;
};

/// "…/_speedups.cpython-313d-x86_64-linux-gnu.so", and "_speedups_d.so" in a folder of Python 2; nothing for others.
/// @param base traits of the configuration that it is a variant of
[[nodiscard]] std::optional<VariantModuleName> variant_module_name(std::string_view path, python::Traits base = {});

/// Whether a file of that name, in the same folder, is the twin: the module of the same import name.
[[nodiscard]] bool is_twin_name(const VariantModuleName& name, std::string_view file);

/// The traits that a file of a release package may have: those of @p base, and also free-threaded if its name says so,
/// because a spec may build for that interpreter as well.
[[nodiscard]] python::Traits release_traits(std::string_view path, python::Traits base);

}  // namespace pystacks::extension
