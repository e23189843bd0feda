#pragma once

#include <filesystem>

#include "cli/arguments.hpp"

/// `pystacks compare A B`: what differs between two trees, packages or folders of packages, and whether it matters.
namespace pystacks::cli::compare {

struct Options {
    std::filesystem::path a, b;
    std::filesystem::path html;  ///< the page is written there; empty: none
    bool all = false;            ///< list every difference instead of the first 50
    bool json = false;           ///< the machine form on stdout
    bool strict = false;         ///< bytecode that says the same in other bytes, and times of packages' files, count
    bool trees = false;          ///< folders are trees, whatever is in them
    unsigned jobs = 0;           ///< threads; 0: one per processor
};

/// Adds the subcommand's arguments to @p app, its own.
void add_to(Arguments& app, Options& options);

/// @return the exit code: 0 no differences, 3 differences, 1 when something of a tree could not be read.
/// @throws Error (usage) when A or B is missing, is no whole package, or is of another kind than the other.
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::compare
