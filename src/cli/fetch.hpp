#pragma once

#include <filesystem>
#include <string>

#include "cli/arguments.hpp"
#include "rpm/switches.hpp"

/// `pystacks fetch STACK`: its sources, checked, into the source folder.
namespace pystacks::cli::fetch {

struct Options {
    std::string stack;
    std::filesystem::path sources = "sources";
    bool offline = false;
    rpm::Switches switches;
};

void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::fetch
