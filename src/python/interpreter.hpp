#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "python/abi.hpp"

namespace pystacks::python {

/// What an interpreter says of itself (templates/python/describe.py).
struct Interpreter {
    std::string executable;  ///< as it was called: "/usr/bin/python3.13-debug"
    Abi abi;
    std::string full_version;           ///< "3.13.5"
    std::vector<std::string> suffixes;  ///< of extension modules, in the order in which import looks for them
    std::string suffix;                 ///< that names this build: ".cpython-313d-x86_64-linux-gnu.so", "_d.so"
    std::string ldversion;              ///< "3.13d"
    std::filesystem::path pkgconfig;    ///< folder of the .pc files; may be empty
    std::string stdlib;                 ///< "/usr/lib64/python3.13"
    std::string dynload;                ///< "/usr/lib64/python3.13/lib-dynload"; empty where there is none
    std::string library;                ///< soname of the shared libpython; empty when it is static
    std::string library_file;           ///< of it: "/usr/lib64/libpython3.13d.so.1.0"; empty when it is static
    std::string include;                ///< "/usr/include/python3.13d"
    std::vector<std::filesystem::path> header_folders;  ///< of all its headers, each once; @c include is one
    std::map<std::string, bool> features;  ///< "Py_TRACE_REFS", "sys.pydebug" …: whether it was built with it

    [[nodiscard]] bool has(Trait trait) const noexcept { return abi.has(trait); }
    /// Of @c features; false for one that it does not know.
    [[nodiscard]] bool offers(const std::string& feature) const;
    /// "optimized", "debug" …: name_of() its traits.
    [[nodiscard]] std::string configuration() const { return name_of(abi.traits); }
};

/// The script, in the folder of templates.
inline constexpr const char* describe_script = "python/describe.py";

/// The answer of describe.py, which Python 2.7's debug build follows with its reference count on standard error.
/// @throws Error when it is not one
[[nodiscard]] Interpreter interpreter_from_json(const std::string& executable, std::string_view output);

/// Asks an interpreter of this machine. @param templates the folder of templates @throws Error when it does not answer
[[nodiscard]] Interpreter describe(const std::string& executable, const std::filesystem::path& templates);

/// A name that a file may be imported by, and the suffix that the interpreter took it by.
struct ImportedName {
    std::string stem;    ///< "_speedups"
    std::string suffix;  ///< ".cpython-313-x86_64-linux-gnu.so"
};
/// "_speedups" for "_speedups.cpython-313-x86_64-linux-gnu.so"; the longest suffix first. Python 2 takes "foomodule.so"
/// for foo and for foomodule, so there may be several; none when @p interpreter loads no file of that name.
[[nodiscard]] std::vector<ImportedName> imported_names(const Interpreter& interpreter, std::string_view file);

}  // namespace pystacks::python
