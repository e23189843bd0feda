#pragma once

#include "merge/comparison.hpp"

namespace pystacks::merge {

/// Checks that no ELF file needs a library (DT_NEEDED against DT_SONAME) which other configurations than its own
/// install: a debug module that is linked to the optimized libpython would mix two ABIs in one process. A file that
/// several configurations share must suit all of them. Libraries that come from outside the tree are not judged.
/// @param merged the merged tree that @p comparison led to
/// @throws Error listing each file, the soname, and whose it is.
void check_linkage(const Comparison& comparison, const tree::Tree& merged);

}  // namespace pystacks::merge
