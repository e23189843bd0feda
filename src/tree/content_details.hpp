#pragma once

#include <filesystem>
#include <string>

#include "tree/compare.hpp"

namespace pystacks::tree {

/// What a closer look at two regular files with different bytes found.
struct ContentFinding {
    DifferenceKind kind = DifferenceKind::content;  ///< content or bytecode
    std::string details;
};

/// @param path decides, by its suffix, whether the files are taken as bytecode. @throws Error when one cannot be read.
[[nodiscard]] ContentFinding compare_contents(std::string_view path, const std::filesystem::path& file_a,
                                              const std::filesystem::path& file_b);

}  // namespace pystacks::tree
