#pragma once

#include <filesystem>
#include <string>

#include "merge/partition.hpp"

namespace pystacks::merge {

/// @p path as a line of a file list names it: quoted, and so that neither rpm's macro expansion, nor its line parser,
/// nor its globbing sees anything in it but itself. @throws Error for a name that no list can express.
[[nodiscard]] std::string file_list_path(const std::string& path);

/// What `%files -f` reads for one package.
[[nodiscard]] std::string render_file_list(const PackageFiles& package);

/// Writes PACKAGE.list for each package into @p folder, which is made, and removes other .list files there.
void write_file_lists(const Partition& partition, const std::filesystem::path& folder);

}  // namespace pystacks::merge
