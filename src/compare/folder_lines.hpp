#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compare/build_comparison.hpp"

namespace pystacks::compare {

/// Paths below a folder.
struct FolderContent {
    std::uint64_t paths = 0;
    std::uint64_t bytes = 0;
};

/// Which folders stand for all that is below them in a report: those that only one side has, and renamed ones for the
/// files in them that kept their names and bytes.
class FolderLines {
public:
    /// @param pairs as BuildComparison has them; have to outlive the object
    explicit FolderLines(const std::vector<Pair>& pairs);

    /// Whether the line of a folder above says all there is to say of @p pair.
    [[nodiscard]] bool covers(const Pair& pair) const;

    /// For a folder that stands for others: what it stands for. Null for all else.
    [[nodiscard]] const FolderContent* content(const Pair& pair) const;

private:
    using Folders = std::map<std::string, FolderContent, std::less<>>;  // by key()

    [[nodiscard]] const Folders::value_type* topmost(const Pair& pair) const;

    Folders folders_;
};

}  // namespace pystacks::compare
