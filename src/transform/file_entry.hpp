#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "transform/macro_values.hpp"

namespace pystacks::transform {

enum class EntryKind : std::uint8_t {
    exact_module,  ///< one file: "_speedups.so", "foo%{python3_ext_suffix}"
    module_glob,   ///< a pattern that says .so or an ABI tag
    open_glob,     ///< a pattern that may match modules
    folder,        ///< with what is below it, or one file without an extension
    library,       ///< "foo/lib/libcore.so": loaded by a module, or by ctypes, but not imported
};

/// A line of %files that names something in the folder of compiled Python modules.
struct FileEntry {
    EntryKind kind = EntryKind::folder;
    std::string path;  ///< as the spec has it, without directives
    std::string rest;  ///< below the folder of modules: "foo/_bar.so"
    std::size_t line = 0;
    /// A pattern or folder that says something else than modules, as "*h" and "include", but whose folders could have
    /// some.
    bool unlikely = false;
};

/// Whether a distribution has a folder of its own for compiled modules (lib64), or one for all.
enum class Folders : std::uint8_t { two, one };

/// The path on a line of %files, without directives; nothing where none of the build's files is named: %doc, %dir.
[[nodiscard]] std::optional<std::string_view> path_of(std::string_view line);

/// "fast/*" and "fast/" are what is in "fast".
[[nodiscard]] std::string_view without_folder_end(std::string_view rest);

/// What an %exclude takes out of the folder of compiled modules, without_folder_end(): "PIL/_imagingtk*". Nothing for
/// other lines.
[[nodiscard]] std::optional<std::string> excluded_entry(std::string_view line, const MacroValues& values);

/// The entry of a line that may have modules; nothing for lines that cannot: .py files, metadata, other folders.
[[nodiscard]] std::optional<FileEntry> module_entry(std::string_view line, const MacroValues& values,
                                                    Folders folders = Folders::two);

/// Whether the line names metadata in the folder of compiled modules.
[[nodiscard]] bool names_metadata(std::string_view line, const MacroValues& values);

/// Whether the line names a shared library of the package: "%{_libdir}/libfoo.so.1".
[[nodiscard]] bool names_shared_library(std::string_view line, const MacroValues& values);
/// Whether that library's name mentions Python: has that word in it, or "py" before one of the names @p bound. Also one
/// beside modules may: "%{python3_sitearch}/fast/libfast_python.so".
[[nodiscard]] bool names_python_library(std::string_view line, const MacroValues& values,
                                        const std::set<std::string>& bound);
/// What a package or a module makes known to Python: "talloc" for libtalloc, python-talloc, pytalloc, _talloc.so.
[[nodiscard]] std::string bound_name(std::string_view name);

/// The folder in a line of %files, as written, that is called as the package and that has a shared library:
/// "%{_libdir}/%{name}". @param main the package's name
[[nodiscard]] std::optional<std::string> private_library_folder(std::string_view line, const MacroValues& values,
                                                                const std::string& main);

/// Where @p path is below the folder of compiled modules; nothing when it is not.
[[nodiscard]] std::optional<std::string> below_sitearch(std::string_view path);
/// The same for the folder of modules that are not compiled.
[[nodiscard]] std::optional<std::string> below_sitelib(std::string_view path);

}  // namespace pystacks::transform
