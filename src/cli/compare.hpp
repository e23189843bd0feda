#pragma once

#include <filesystem>

#include <CLI/CLI.hpp>

/// `pystacks compare A B`: in what two install trees differ.
namespace pystacks::cli::compare {

struct Options {
    std::filesystem::path a, b;
    bool all = false;     ///< list every difference instead of the first 50
    bool json = false;    ///< the machine form on stdout
    bool strict = false;  ///< bytecode that says the same in other bytes counts as a difference
    unsigned jobs = 0;    ///< threads; 0: one a processor
};

/// Adds the subcommand's arguments to @p app, its own CLI::App.
void add_to(CLI::App& app, Options& options);

/// @return the exit code: 0 no differences, 3 differences, 1 when something could not be read.
/// @throws Error (usage) when A or B is no folder.
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::compare
