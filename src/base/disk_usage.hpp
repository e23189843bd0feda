#pragma once

#include <cstdint>

#include "base/file.hpp"

namespace pystacks {

/// Bytes that a file, or a folder with all that is below it, takes on disk, as du(1) counts them: blocks, not sizes; a
/// file with several names once; links are not followed, and mounts are not entered. What cannot be read counts
/// nothing.
[[nodiscard]] std::uint64_t disk_usage(const fs::path& path);

}  // namespace pystacks
