#pragma once

#include <filesystem>
#include <string>

#include "cli/arguments.hpp"

/// `pystacks new`: a stack for a Python that has none yet.
namespace pystacks::cli::new_stack {

struct Options {
    std::string version;
    std::filesystem::path tarball;
    std::string from;              ///< a stack; empty: the nearest older one that is installed
    std::filesystem::path output;  ///< empty: a folder of the stack's name in the current one
};

void add_to(Arguments& app, Options& options);
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::new_stack
