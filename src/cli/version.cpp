#include "cli/version.hpp"

#include <string_view>

#include <fmt/format.h>

#include "commit.hpp"  // written by cmake/commit.cmake

namespace pystacks::cli {

std::string version_text() {
    constexpr std::string_view commit = PYSTACKS_COMMIT;
    if (commit.empty()) return "pystacks " PYSTACKS_VERSION;
    return fmt::format("pystacks {} (commit {})", PYSTACKS_VERSION, commit);
}

}  // namespace pystacks::cli
