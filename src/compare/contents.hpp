#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "compare/build_comparison.hpp"

namespace pystacks::compare {

/// What a look into two regular files found.
struct ContentFinding {
    PairVerdict verdict = PairVerdict::different;  ///< not only_a, not only_b
    std::string details;
    std::vector<Property> metadata;
    std::string diff;
    std::uint64_t lines_a = 0, lines_b = 0;
};

/// @param path decides, by its suffix, whether the files are taken as bytecode; the files themselves may have any name.
/// Files of more than 256 MiB are compared by their bytes only. Thread-safe. @throws Error when one cannot be read.
[[nodiscard]] ContentFinding compare_contents(std::string_view path, const std::filesystem::path& file_a,
                                              const std::filesystem::path& file_b);

}  // namespace pystacks::compare
