#include "python/symbols.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pystacks::python {
namespace {

// By version: 3.12 on, 3.9 on, all.
constexpr std::array<std::string_view, 4> counting_symbols{"_Py_INCREF_IncRefTotal", "_Py_DECREF_DecRefTotal",
                                                           "_Py_RefTotal", "_Py_NegativeRefcount"};

constexpr std::array<std::string_view, 4> trace_symbols{"PyModule_Create2TraceRefs",
                                                        "PyModule_FromDefAndSpec2TraceRefs", "Py_InitModule4TraceRefs",
                                                        "Py_InitModule4TraceRefs_64"};

/// The first of @p symbols that it imports.
template <std::size_t Count>
std::string_view first_imported(const tree::ElfInfo& info, const std::array<std::string_view, Count>& symbols) {
    for (const std::string_view symbol : symbols) {
        if (std::find(info.imports.begin(), info.imports.end(), symbol) != info.imports.end()) return symbol;
    }
    return {};
}

}  // namespace

bool counts_references(const tree::ElfInfo& info) { return !first_imported(info, counting_symbols).empty(); }

std::string_view debug_symbol(const tree::ElfInfo& info) {
    const std::string_view counting = first_imported(info, counting_symbols);
    return counting.empty() ? first_imported(info, trace_symbols) : counting;
}

bool is_any_module(const tree::ElfInfo& info) {
    return std::any_of(info.exports.begin(), info.exports.end(), [](const std::string& symbol) {
        return symbol.starts_with("PyInit_") || symbol.starts_with("PyModExport_");
    });
}

std::optional<Abi> abi_of_library(std::string_view soname) {
    constexpr std::string_view prefix = "libpython";
    if (!soname.starts_with(prefix)) return std::nullopt;
    const std::string_view rest = soname.substr(prefix.size());
    const std::size_t length = version_length(rest);
    const std::size_t end = rest.find(".so");
    if (length == 0 || end == std::string_view::npos || end < length) return std::nullopt;
    const std::optional<Traits> traits = traits_of_suffix(rest.substr(length, end - length));
    if (!traits) return std::nullopt;
    return Abi{std::string(rest.substr(0, length)), *traits};
}

}  // namespace pystacks::python
