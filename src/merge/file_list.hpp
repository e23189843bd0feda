#pragma once

#include <filesystem>
#include <string>

#include "merge/partition.hpp"

namespace pystacks::merge {

/// @p path as a line of a file list names it, for every rpm from 4.16 on (see file_list.cpp for what was measured).
/// @throws Error for a name that rpm packages in no way: control characters, or bytes that are not UTF-8.
[[nodiscard]] std::string file_list_path(const std::string& path);

/// What `%files -f` reads for one package.
[[nodiscard]] std::string render_file_list(const PackageFiles& package);

/// Writes PACKAGE.list for each package into @p folder, which is made, and removes other .list files there.
/// @throws Error also when rpm could take the line of one path for another path as well.
void write_file_lists(const Partition& partition, const std::filesystem::path& folder);

}  // namespace pystacks::merge
