#pragma once

#include <filesystem>
#include <vector>

#include "cli/arguments.hpp"

/// `pystacks extension check`: the audit of finished packages.
namespace pystacks::cli::extension::check {

struct Options {
    std::vector<std::filesystem::path> packages;  ///< files and folders
    bool json = false;
};

void add_to(Arguments& app, Options& options);
/// @return the exit code: 1 when something is wrong
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::extension::check
