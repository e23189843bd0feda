#pragma once

#include "cli/arguments.hpp"

/// `pystacks list`: which stacks there are, and where each comes from.
namespace pystacks::cli::list {

struct Options {
    bool json = false;
};

void add_to(Arguments& app, Options& options);
/// @return 1 when a stack cannot be read; the others are listed all the same
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::list
