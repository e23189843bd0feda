#pragma once

#include <filesystem>
#include <string>

namespace pystacks::build {

/// Takes the place of a build out of what it installed, so that a build elsewhere gives the same bytes.
///
/// In every regular text file below @p tree (no NUL byte in the first 8 KiB) @p build_path is replaced by
/// @p replacement, and the compiler argument that maps the one to the other is taken out; modes are kept and hard links
/// are not written through. Both end in a slash.
/// @return how many files were changed
/// @throws Error listing the files of any kind, symlinks included, that still contain @p build_path
std::size_t hide_build_path(const std::filesystem::path& tree, const std::string& build_path,
                            const std::string& replacement);

}  // namespace pystacks::build
