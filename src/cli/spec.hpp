#pragma once

#include <string>

#include "cli/arguments.hpp"

/// `pystacks spec STACK`: the rendered spec on stdout.
namespace pystacks::cli::spec {

struct Options {
    std::string stack;
};

void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::spec
