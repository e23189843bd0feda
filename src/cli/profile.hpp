#pragma once

#include <functional>

#include "cli/arguments.hpp"

/// `pystacks profile …`: what the compiler learnt when it was trained. Its commands are in cli/profile/.
namespace pystacks::cli::profile {

struct Options {
    std::function<int()> chosen;  ///< runs the command that was given
};

void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::profile
