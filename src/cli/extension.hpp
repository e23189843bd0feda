#pragma once

#include <functional>

#include "cli/arguments.hpp"

/// `pystacks extension …`: debug builds of compiled extension modules. Its commands are in cli/extension/.
namespace pystacks::cli::extension {

struct Options {
    std::function<int()> chosen;  ///< runs the command that was given
};

void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::extension
