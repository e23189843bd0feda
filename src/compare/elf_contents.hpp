#pragma once

#include <filesystem>
#include <string_view>

#include "compare/contents.hpp"

namespace pystacks::compare {

/// Two ELF files, as bytes and as files on disk: same_code or different, with what they say of themselves.
/// Where one is damaged, the details say how.
[[nodiscard]] ContentFinding compare_elf(std::string_view a, std::string_view b, const std::filesystem::path& file_a,
                                         const std::filesystem::path& file_b);

}  // namespace pystacks::compare
