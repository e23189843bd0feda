#pragma once

#include <string>

#include "cli/arguments.hpp"

/// `pystacks doctor [STACK]`: say what this host lacks, and which command installs it.
namespace pystacks::cli::doctor {

struct Options {
    std::string stack;          ///< empty: only what every stack needs
    std::string use = "build";  ///< what this host will be used for: build, verify, extension or all; build always
    bool json = false;
    bool missing_packages = false;  ///< only the names of packages to install, one per line, for scripts
};

void add_to(Arguments& app, Options& options);
/// @return 0 when nothing is missing, else 1; for a list of names always 0
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::doctor
