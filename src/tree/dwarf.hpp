#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>

namespace pystacks::tree {

/// The folders in which the compilation units of @p path were compiled (DW_AT_comp_dir), as the compiler wrote them.
/// Empty when the file has no DWARF.
/// @param path an ELF file, or a separate file of debug information
/// @throws Error when it cannot be read or its DWARF is damaged. Thread-safe.
[[nodiscard]] std::set<std::string> compilation_folders(const std::filesystem::path& path);

/// The source and header files that the compilation units of @p path name (the file tables of DW_AT_stmt_list), with
/// their folders, as the compiler or debugedit wrote them. Empty when the file has no DWARF.
/// @param path an ELF file, or a separate file of debug information
/// @throws Error when it cannot be read or its DWARF is damaged. Thread-safe.
[[nodiscard]] std::set<std::string> compiled_files(const std::filesystem::path& path);

/// What compiled the units of @p path that name a file for which @p wanted holds, with its switches as GCC records them
/// (DW_AT_producer): "GNU C17 12.2.0 -mtune=generic -march=x86-64 -g -O2 -fPIC".
/// @throws Error as compiled_files()
[[nodiscard]] std::set<std::string> producers(const std::filesystem::path& path,
                                              const std::function<bool(const std::string& file)>& wanted);

}  // namespace pystacks::tree
