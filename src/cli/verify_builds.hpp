#pragma once

#include "cli/verify.hpp"

/// The two ways to compare builds, for which nothing is installed. @return the exit code
namespace pystacks::cli::verify {

/// --unaffected WITH WITHOUT.
[[nodiscard]] int compare_folders(const Options& options);

/// --reproducible STACK. @throws Error (usage) when there is no such stack, before anything is built
[[nodiscard]] int build_twice(const Options& options);

}  // namespace pystacks::cli::verify
