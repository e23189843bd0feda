#pragma once

#include <filesystem>
#include <string>

namespace pystacks {

/// As short as a user would type it: relative where it is below the current folder.
[[nodiscard]] std::string seen_from_here(const std::filesystem::path& path);

}  // namespace pystacks
