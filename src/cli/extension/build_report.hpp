#pragma once

#include <filesystem>
#include <vector>

#include "rpm/package.hpp"
#include "verify/check.hpp"

namespace pystacks::cli::extension::build {

/// What a build has written.
struct Built {
    std::vector<std::filesystem::path> packages;  ///< in rpm's order, the SRPM first where there is one
    std::vector<rpm::Package> binary;
    bool has_debug = false;
};
[[nodiscard]] Built look_at(std::vector<std::filesystem::path> packages);
[[nodiscard]] std::vector<std::filesystem::path> binary_packages(const Built& built);

/// Audits the packages and prints everything. @param unaffected results of the comparison with a build without debug;
/// may be empty @return whether everything that was promised holds
[[nodiscard]] bool report(const Built& built, const std::vector<verify::Result>& unaffected, bool json);

}  // namespace pystacks::cli::extension::build
