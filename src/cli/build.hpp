#pragma once

#include "cli/arguments.hpp"
#include "cli/rpm_run_options.hpp"
#include "rpm/amount.hpp"
#include "stackbuild/local_repository.hpp"

/// `pystacks build STACK`: from the stack's description to packages.
namespace pystacks::cli::build {

struct Options {
    RpmRunOptions rpm;
    rpm::Amount amount = rpm::Amount::all;
    stackbuild::RepositoryOptions repository;
    bool json = false;
};

void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::build
