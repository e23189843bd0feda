#pragma once

#include "cli/arguments.hpp"
#include "extension/spec_build.hpp"

/// `pystacks extension build`: a package with its -debug subpackage, out of a spec or an SRPM.
namespace pystacks::cli::extension::build {

struct Options {
    pystacks::extension::SpecBuildRequest request;
    bool no_check = false, json = false, shell = false;
};

void add_to(Arguments& app, Options& options);

/// @return the exit code: 0 done, 1 a module is wrong, or a release package knows of the debug build
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::extension::build
