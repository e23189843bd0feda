#pragma once

#include <filesystem>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/switches.hpp"

/// `pystacks build STACK`: from the stack's description to packages.
namespace pystacks::cli::build {

struct Options {
    std::string stack;
    std::string amount = "a";  ///< the letter behind rpmbuild's -b
    Switches switches;
    int jobs = 0;  ///< 0: as rpm has it
    std::filesystem::path output = "dist";
    std::filesystem::path sources;  ///< a folder with sources that need not be fetched; may be empty
    bool offline = false;           ///< fetch nothing
    bool nodeps = false;            ///< do not look for what the build needs
    bool json = false;
};

void add_to(CLI::App& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::build
