#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "archives/archives.hpp"

namespace pystacks::source {

using PackedFile = archives::File;

/// Writes a tar archive, compressed by xz: the same files in the same order give the same bytes, no matter who owns
/// them and however old they are. Published atomically. @throws Error
void pack(const std::filesystem::path& archive, const std::vector<PackedFile>& files);

/// The contents of the first member of @p archive (as unpack() reads it), when it is a regular file called @p name.
/// @throws Error when it is not an archive, or the member is larger than @p limit bytes
[[nodiscard]] std::optional<std::string> read_first_member(const std::filesystem::path& archive,
                                                           const std::string& name, std::size_t limit);

}  // namespace pystacks::source
