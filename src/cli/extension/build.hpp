#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "rpm/switches.hpp"

/// `pystacks extension build`: a package with its -debug subpackage, out of a spec or an SRPM.
namespace pystacks::cli::extension::build {

struct Options {
    std::filesystem::path input;                ///< a spec or an SRPM
    std::vector<std::filesystem::path> stacks;  ///< packages to build with, or folders of them
    std::filesystem::path output = "extensions";
    std::vector<std::filesystem::path> sources, wheels;
    std::string python;
    rpm::Switches switches;
    bool as_is = false, no_check = false, unaffected = false, json = false, shell = false;
};

void add_to(Arguments& app, Options& options);

/// @return the exit code: 0 done, 1 a module is wrong, or a release package knows of the debug build
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::extension::build
