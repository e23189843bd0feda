#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "python/abi.hpp"
#include "tree/elf.hpp"

/// For which build of Python an ELF file was compiled, by its symbols and the libraries that it needs.
namespace pystacks::python {

/// A symbol that it asks for and that the headers of debug builds alone name: of Py_REF_DEBUG, or of Py_TRACE_REFS,
/// which a debug build had until 3.7. Empty when there is none.
[[nodiscard]] std::string_view debug_symbol(const tree::ElfInfo& info);

/// Whether it asks for what Py_INCREF and Py_DECREF call, or count in, under Py_REF_DEBUG alone.
[[nodiscard]] bool counts_references(const tree::ElfInfo& info);

/// Whether it exports a function that makes it a module of Python 3, whatever its name: PyInit_…, PyModExport_….
[[nodiscard]] bool is_any_module(const tree::ElfInfo& info);

/// For which build a libpython is, by its soname: "libpython3.13d.so.1.0", "libpython2.7_d.so.1.0". Nothing for other
/// libraries, and for libpython3.so, which is for all.
[[nodiscard]] std::optional<Abi> abi_of_library(std::string_view soname);

}  // namespace pystacks::python
