#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/abi.hpp"

/// Names of compiled modules: what they say, and which of them an interpreter imports.
namespace pystacks::python {

/// How a module's file name says for whom it is.
enum class Tag {
    version,        ///< ".cpython-313td-x86_64-linux-gnu.so": for one version and its ABI flags
    stable,         ///< ".abi3.so", from 3.14 on also ".abi3-x86_64-linux-gnu.so": for all from some version on
    stable_shared,  ///< ".abi3t.so", ".abi3t-x86_64-linux-gnu.so" (PEP 803): the same, free-threaded or not; 3.15
    python2_debug,  ///< "_d.so"
    none,           ///< ".so"
};

/// What a file's name says of a module.
struct ModuleFile {
    std::string stem;    ///< "_speedups"
    std::string suffix;  ///< ".cpython-313d-x86_64-linux-gnu.so"
    Tag tag = Tag::none;
    Abi abi;               ///< of Tag::version; of Tag::python2_debug the trait alone
    std::string platform;  ///< "x86_64-linux-gnu"; empty where the name does not say it

    [[nodiscard]] bool is_stable() const noexcept { return tag == Tag::stable || tag == Tag::stable_shared; }
};

/// Of "…/_speedups.cpython-313d-x86_64-linux-gnu.so". Nothing for what is no .so file, has another implementation's
/// tag, or a dot in its stem.
[[nodiscard]] std::optional<ModuleFile> module_file(std::string_view path);

/// The suffixes that the interpreter of a build imports, in its order, as CPython builds them
/// (_PyImport_DynLoadFiletab in Python/dynload_shlib.c; Python 2: Python/dynload_shlib.c and configure's SO).
/// A debug build imports release modules from 3.8 on (ALT_SOABI). @param platform "x86_64-linux-gnu"
[[nodiscard]] std::vector<std::string> module_suffixes(const Abi& abi, std::string_view platform);

/// The last part of the name under which a file is imported: its stem; of a package that is itself a module
/// ("…/apsw/__init__.abi3.so"), its folder's name. Python 2 imports no such package (find_init_module in
/// Python/import.c).
/// @param folder the file's, absolute
[[nodiscard]] std::string imported_as(const Abi& abi, std::string_view folder, std::string_view stem);

/// Names of functions one of which a module exports: "PyInit__speedups", from 3.15 on also "PyModExport__speedups"
/// (PEP 793), "init_speedups" in Python 2. (PEP 489 encodes names that are not ASCII; those begin with PyInitU_ and
/// are not looked for.)
/// @param name imported_as()
[[nodiscard]] std::vector<std::string> init_symbols(const Abi& abi, std::string_view name);

}  // namespace pystacks::python
