#pragma once

#include "stackbuild/build_stack.hpp"

namespace pystacks::cli {

/// One path a line on stdout, as seen from the current folder; their number and size, and the time, on stderr.
void print_outcome(const stackbuild::BuildOutcome& outcome);
void print_outcome_as_json(const stackbuild::BuildOutcome& outcome);

}  // namespace pystacks::cli
