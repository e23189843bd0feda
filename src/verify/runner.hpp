#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "verify/check.hpp"

namespace pystacks::verify {

/// Told of every check that has ended, with how many have; called by several threads, one at a time.
using OnResult = std::function<void(const Result&, std::size_t done)>;

/// Runs @p checks, @p jobs at a time. @returns their results in the order of @p checks.
/// @throws Error(interrupted)
[[nodiscard]] std::vector<Result> run_checks(const std::vector<Check>& checks, unsigned jobs,
                                             const OnResult& on_result);

struct Totals {
    int passed = 0, failed = 0, not_offered = 0, not_run = 0;

    /// "55 passed, 0 failed, 7 not offered, 1 not run".
    [[nodiscard]] std::string text() const;
};
[[nodiscard]] Totals count(const std::vector<Result>& results);

}  // namespace pystacks::verify
