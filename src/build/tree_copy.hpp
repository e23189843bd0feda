#pragma once

#include <filesystem>

namespace pystacks::build {

/// Makes @p to, which must not exist or be empty, a copy of the tree @p from: contents, modes, times, symlinks, and
/// hard links among the files. Owners are not copied. @throws Error
void copy_tree(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace pystacks::build
