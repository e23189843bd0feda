#pragma once

#include <filesystem>
#include <vector>

#include "compare/input.hpp"
#include "compare/side.hpp"
#include "tree/tree.hpp"

namespace pystacks::compare {

/// What is compared: two trees, or packages on both sides.
struct TwoSides {
    Side a, b;
    /// Of trees: what could not be read. It is left out of both, or it would look as if one of them did not have it.
    std::vector<tree::ScanProblem> problems;
};

/// @throws Error (usage) where there is nothing at a path, or a tree on one side alone
[[nodiscard]] TwoSides read_sides(const std::filesystem::path& a, const std::filesystem::path& b, Folders folders,
                                  unsigned threads);

}  // namespace pystacks::compare
