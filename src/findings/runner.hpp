#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "findings/check.hpp"

namespace pystacks::findings {

/// Told of every check that has ended, with how many have; called by several threads, one at a time.
using OnResult = std::function<void(const Result&, std::size_t done)>;

/// Runs @p checks, @p jobs at a time. @returns their results in the order of @p checks.
/// @throws Error(interrupted)
[[nodiscard]] std::vector<Result> run_checks(const std::vector<Check>& checks, unsigned jobs,
                                             const OnResult& on_result);

}  // namespace pystacks::findings
