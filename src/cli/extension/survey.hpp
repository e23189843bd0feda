#pragma once

#include <filesystem>

#include "cli/arguments.hpp"

/// `pystacks extension survey`: what `add` would do with many specs.
namespace pystacks::cli::extension::survey {

struct Options {
    std::filesystem::path folder;
    bool json = false;
    bool prove = false;          ///< ask rpm, too
    std::filesystem::path html;  ///< where a page goes; may be empty
};

void add_to(Arguments& app, Options& options);
/// @return the exit code: 1 when a spec could not be read
[[nodiscard]] int run(const Options& options);

}  // namespace pystacks::cli::extension::survey
