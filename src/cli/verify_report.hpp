#pragma once

#include <vector>

#include "cli/verify.hpp"
#include "verify/check.hpp"
#include "verify/results.hpp"

namespace pystacks::cli::verify {

/// --jobs, or one for each processor.
[[nodiscard]] unsigned jobs_of(const Options& options);

/// --list: a line for each check.
void list_checks(const std::vector<pystacks::verify::Check>& checks);

/// Writes the files of --junit and --html and prints the results. @return the exit code
[[nodiscard]] int report_results(const Options& options, const std::vector<pystacks::verify::Result>& results,
                                 pystacks::verify::Subtitle subtitle);

}  // namespace pystacks::cli::verify
