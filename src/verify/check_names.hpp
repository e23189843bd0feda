#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pystacks::verify {

/// What `--only` and `--skip` can name, and what holds when the check passes.
struct CheckName {
    std::string name, about;
};

/// Those of all checks that any stack with an optimized and a debug interpreter has, in the order of the plan, except
/// for the installation that all others need. Nothing is installed or run.
/// @param scripts templates/verify @throws Error when the plan cannot be read
[[nodiscard]] std::vector<CheckName> check_names(const std::filesystem::path& scripts);

}  // namespace pystacks::verify
