#include "tree/python_abi.hpp"

#include <algorithm>
#include <array>

namespace pystacks::tree {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The length of "3.13" at the start of @p text; 0 when there is none.
std::size_t version_length(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == 0 || at == text.size() || text[at] != '.') return 0;
    const std::size_t minor = ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at == minor ? 0 : at;
}

/// What follows the version: ABI flags ("", "d", "dm", "td"), or the names of 2.7's debug build.
std::optional<bool> debug_by_suffix(std::string_view suffix) {
    if (suffix == "-debug" || suffix == "_d") return true;
    const bool flags =
        std::all_of(suffix.begin(), suffix.end(), [](char c) { return c == 'd' || c == 'm' || c == 't' || c == 'u'; });
    if (!flags) return std::nullopt;
    return suffix.find('d') != std::string_view::npos;
}

/// Whether a header is CPython's, by its place below the folder. Extensions put theirs into folders of their own name
/// beside those: greenlet/greenlet.h.
bool is_pythons_own(std::string_view path) {
    const std::size_t slash = path.find('/');
    const std::string_view folder = path.substr(0, slash);
    return slash == std::string_view::npos || folder == "cpython" || folder == "internal";
}

// By version: 3.12 on, 3.9 on, all.
constexpr std::array<std::string_view, 4> counting_symbols{"_Py_INCREF_IncRefTotal", "_Py_DECREF_DecRefTotal",
                                                           "_Py_RefTotal", "_Py_NegativeRefcount"};

constexpr std::array<std::string_view, 4> trace_symbols{"PyModule_Create2TraceRefs",
                                                        "PyModule_FromDefAndSpec2TraceRefs", "Py_InitModule4TraceRefs",
                                                        "Py_InitModule4TraceRefs_64"};

/// The first of @p symbols that it imports.
template <std::size_t Count>
std::string_view first_imported(const ElfInfo& info, const std::array<std::string_view, Count>& symbols) {
    for (const std::string_view symbol : symbols) {
        if (std::find(info.imports.begin(), info.imports.end(), symbol) != info.imports.end()) return symbol;
    }
    return {};
}

}  // namespace

std::optional<PythonHeaders> headers_of(std::string_view path) {
    constexpr std::string_view mark = "/include/python";
    for (std::size_t at = path.find(mark); at != std::string_view::npos; at = path.find(mark, at + 1)) {
        const std::string_view rest = path.substr(at + mark.size());
        const std::size_t length = version_length(rest);
        const std::size_t end = rest.find('/');
        if (length == 0 || end == std::string_view::npos || end < length) continue;
        const std::optional<bool> debug = debug_by_suffix(rest.substr(length, end - length));
        if (!debug || !is_pythons_own(rest.substr(end + 1))) continue;
        return PythonHeaders{std::string(path.substr(0, at + mark.size() + end)), std::string(rest.substr(0, length)),
                             *debug};
    }
    return std::nullopt;
}

std::set<PythonHeaders> headers_among(const std::set<std::string>& files) {
    std::set<PythonHeaders> found;
    for (const std::string& file : files) {
        if (std::optional<PythonHeaders> headers = headers_of(file)) found.insert(std::move(*headers));
    }
    return found;
}

bool counts_references(const ElfInfo& info) { return !first_imported(info, counting_symbols).empty(); }

std::string_view debug_symbol(const ElfInfo& info) {
    const std::string_view counting = first_imported(info, counting_symbols);
    return counting.empty() ? first_imported(info, trace_symbols) : counting;
}

std::optional<PythonLibrary> python_library(std::string_view soname) {
    constexpr std::string_view prefix = "libpython";
    if (!soname.starts_with(prefix)) return std::nullopt;
    const std::string_view rest = soname.substr(prefix.size());
    const std::size_t length = version_length(rest);
    const std::size_t end = rest.find(".so");
    if (length == 0 || end == std::string_view::npos || end < length) return std::nullopt;
    const std::optional<bool> debug = debug_by_suffix(rest.substr(length, end - length));
    if (!debug) return std::nullopt;
    return PythonLibrary{std::string(rest.substr(0, length)), *debug};
}

}  // namespace pystacks::tree
