#pragma once

#include "cli/verify.hpp"

namespace pystacks::cli::verify {

/// That the options go together, and that the files and folders that they name can be read or written: all that can be
/// said before a package is read. @throws Error (usage)
void check_usage(const Options& options);

}  // namespace pystacks::cli::verify
