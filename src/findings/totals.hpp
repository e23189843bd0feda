#pragma once

#include <string>
#include <vector>

#include "findings/check.hpp"

namespace pystacks::findings {

/// How many checks, or other things that get a status, have which.
struct Totals {
    int passed = 0, failed = 0, not_offered = 0, not_run = 0;

    void add(Status status);
    /// "55 passed, 0 failed, 7 not offered, 1 not run".
    [[nodiscard]] std::string text() const;
};
[[nodiscard]] Totals count(const std::vector<Result>& results);

/// Whether the results are what the user asked for: nothing failed, and in a strict run everything was run.
[[nodiscard]] bool are_good(const std::vector<Result>& results, bool strict);

}  // namespace pystacks::findings
