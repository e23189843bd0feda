#pragma once

#include "cli/extension.hpp"

/// `pystacks extension add`, `remove` and `survey`: debug builds in specs that somebody else wrote.
namespace pystacks::cli::extension {

void add_spec_commands(CLI::App& app, Options& options);

/// @return the exit codes: 0 done or nothing to do, 1 refused
[[nodiscard]] int add_to_spec(const Options& options);
[[nodiscard]] int remove_from_spec(const Options& options);
[[nodiscard]] int survey_specs(const Options& options);

}  // namespace pystacks::cli::extension
