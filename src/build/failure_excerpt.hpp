#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace pystacks::build {

/// What a user should see of a failed step's log: up to 25 lines, from the first that looks like an error among the
/// last 200, else the last ones. Compilers running side by side push the error far from the end. The commands by which
/// make compiles objects, which are long, are left out.
[[nodiscard]] std::string failure_excerpt(const std::filesystem::path& log);
[[nodiscard]] std::string failure_excerpt_of(std::string_view tail);

}  // namespace pystacks::build
