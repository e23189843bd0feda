#pragma once

#include <CLI/CLI.hpp>

#include "cli/rpm_run.hpp"

/// `pystacks build STACK`: from the stack's description to packages.
namespace pystacks::cli::build {

struct Options {
    RpmRunOptions rpm;
    bool json = false;
};

void add_to(CLI::App& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::build
