#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>

#include "stack/toml.hpp"

namespace pystacks::stack {

/// Bytes that a TOML file may have.
constexpr std::size_t largest_toml = std::size_t{4} << 20U;

/// Parses untrusted TOML, bounded in size and depth.
/// @param file for messages
/// @throws Error (usage) with file, line and column
[[nodiscard]] toml::table parse_toml(std::string_view text, const std::filesystem::path& file);

}  // namespace pystacks::stack
