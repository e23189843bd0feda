#pragma once

#include "cli/arguments.hpp"
#include "cli/local_repository.hpp"
#include "cli/rpm_run.hpp"

/// `pystacks build STACK`: from the stack's description to packages.
namespace pystacks::cli::build {

struct Options {
    RpmRunOptions rpm;
    RepositoryOptions repository;
    bool json = false;
};

void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::build
