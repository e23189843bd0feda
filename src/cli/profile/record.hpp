#pragma once

#include <string>

#include "cli/arguments.hpp"
#include "cli/rpm_run_options.hpp"

/// `pystacks profile record STACK`: trains the compiler once, for builds that need not.
namespace pystacks::cli::profile::record {

struct Options {
    RpmRunOptions rpm;
    std::string name;  ///< of the file; empty: STACK-CONFIGURATION-MACHINE.profile
};

void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::profile::record
