#pragma once

#include <filesystem>
#include <string>

#include <CLI/CLI.hpp>

#include "cli/switches.hpp"

/// `pystacks fetch STACK`: its sources, checked, into the source folder.
namespace pystacks::cli::fetch {

struct Options {
    std::string stack;
    std::filesystem::path sources = "sources";
    bool offline = false;
    Switches switches;
};

void add_to(CLI::App& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::fetch
