#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "tree/elf.hpp"

/// For which build of Python a file was compiled, by what ELF and DWARF say.
namespace pystacks::tree {

/// The folder of Python's headers that contains a path: ".../include/python3.13d/object.h". Headers that extensions
/// have put below it are none of Python's.
struct PythonHeaders {
    std::string folder;  ///< "/usr/include/python3.13d"
    std::string version;
    bool debug = false;  ///< of a build with Py_DEBUG: the ABI flag d, or Python 2's "-debug" and "_d"

    friend bool operator<(const PythonHeaders& a, const PythonHeaders& b) {
        return std::tie(a.folder, a.version, a.debug) < std::tie(b.folder, b.version, b.debug);
    }
};

[[nodiscard]] std::optional<PythonHeaders> headers_of(std::string_view path);
/// Those of all @p files.
[[nodiscard]] std::set<PythonHeaders> headers_among(const std::set<std::string>& files);

/// A symbol that it asks for and that the headers of debug builds alone name: of Py_REF_DEBUG, or of Py_TRACE_REFS,
/// which a debug build had until 3.7. Empty when there is none.
[[nodiscard]] std::string_view debug_symbol(const ElfInfo& info);

/// Whether it asks for what Py_INCREF and Py_DECREF call, or count in, under Py_REF_DEBUG alone.
[[nodiscard]] bool counts_references(const ElfInfo& info);

/// What a soname says of the libpython that it is.
struct PythonLibrary {
    std::string version;
    bool debug = false;
};
/// "libpython3.13d.so.1.0", "libpython2.7_d.so.1.0"; nothing for other libraries, and for libpython3.so.
[[nodiscard]] std::optional<PythonLibrary> python_library(std::string_view soname);

}  // namespace pystacks::tree
