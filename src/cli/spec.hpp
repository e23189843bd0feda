#pragma once

#include <string>

#include <CLI/CLI.hpp>

/// `pystacks spec STACK`: the rendered spec on stdout.
namespace pystacks::cli::spec {

struct Options {
    std::string stack;
};

void add_to(CLI::App& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::spec
