#pragma once

#include <filesystem>
#include <string>

#include "cli/arguments.hpp"

/// `pystacks update`: moves a stack in place to another patch release.
namespace pystacks::cli::update {

struct Options {
    std::string version;
    std::string stack = ".";
    std::filesystem::path tarball;  ///< empty: it is looked for, then fetched
    std::filesystem::path sources = "sources";
};

void add_to(Arguments& app, Options& options);
/// @throws Error, also where a patch does not apply; then nothing has been written
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::update
