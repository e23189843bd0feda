#pragma once

#include <string>
#include <vector>

#include "base/glob.hpp"
#include "verify/subject.hpp"

namespace pystacks::verify {

/// What one configuration has alone, on purpose: the rows of content.toml.
class OneSidedPaths {
public:
    /// Those rows that hold for the interpreters of @p subject. @throws Error.
    explicit OneSidedPaths(const Subject& subject);

    [[nodiscard]] bool contains(const std::string& path) const;

private:
    std::vector<PathPattern> patterns_;
};

}  // namespace pystacks::verify
