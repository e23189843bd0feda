#pragma once

#include <filesystem>

#include "cli/arguments.hpp"

/// `pystacks clean`: removes from an output folder what a build can make again.
namespace pystacks::cli::clean {

struct Options {
    std::filesystem::path output;  ///< add_to() says which one it is without --output
};

void add_to(Arguments& app, Options& options);
/// @throws Error (usage) where the folder is not an output folder; Error where a build is at work in it
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::clean
