#pragma once

#include <string>
#include <vector>

#include "base/glob.hpp"
#include "verify/subject.hpp"

namespace pystacks::verify {

/// What one configuration has alone, on purpose: the rows of content.toml.
class OneSidedPaths {
public:
    /// Those rows that hold for @p variant, the interpreter of a configuration that is compared with the one that it is
    /// a variant of; null: for any interpreter of @p subject. @throws Error.
    explicit OneSidedPaths(const Subject& subject, const InstalledInterpreter* variant = nullptr);

    [[nodiscard]] bool contains(const std::string& path) const;

private:
    std::vector<PathPattern> patterns_;
};

}  // namespace pystacks::verify
