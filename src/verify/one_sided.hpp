#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/glob.hpp"

namespace pystacks::verify {

/// What one configuration has alone, on purpose: the rows of content.toml.
class OneSidedPaths {
public:
    /// @param scripts the folder of content.toml. @throws Error.
    explicit OneSidedPaths(const std::filesystem::path& scripts);

    [[nodiscard]] bool contains(const std::string& path) const;

private:
    std::vector<PathPattern> patterns_;
};

}  // namespace pystacks::verify
