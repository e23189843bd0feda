#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

namespace pystacks::tree {

/// The paths of source files called @p name that any compilation unit of @p path names, as the compiler wrote them:
/// which "pyconfig.h" a module was compiled with. Empty when the file has no DWARF, or names none.
/// @param path an ELF file, or a separate file of debug information
/// @throws Error when it cannot be read or its DWARF is damaged. Thread-safe.
[[nodiscard]] std::set<std::string> source_files(const std::filesystem::path& path, std::string_view name);

}  // namespace pystacks::tree
