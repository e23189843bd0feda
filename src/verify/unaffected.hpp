#pragma once

#include <filesystem>
#include <vector>

#include "verify/check.hpp"

namespace pystacks::verify {

/// Rule 1, the optimized packages do not know: what was built with the debug configuration against what was built
/// without it. One check a package; every package but -debug has to be the same: payload, modes, owners, capabilities,
/// dependencies, scriptlets. -debuginfo and -debugsource, which hold what belongs to -debug too, must have what they
/// have without it, unchanged.
/// @param with, without packages, or folders of them
/// @throws Error when a folder has no packages, or one cannot be read
[[nodiscard]] std::vector<Check> unaffected_checks(const std::vector<std::filesystem::path>& with,
                                                   const std::vector<std::filesystem::path>& without);

}  // namespace pystacks::verify
