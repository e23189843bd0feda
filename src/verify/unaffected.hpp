#pragma once

#include <filesystem>
#include <vector>

#include "findings/check.hpp"

namespace pystacks::verify {

/// Rule 1, the optimized packages do not know: what was built with the debug configuration, or with any other, against
/// what was built without it. One check a package; every package of a configuration that both have has to be the same:
/// payload, modes, owners, capabilities, dependencies, scriptlets. -debuginfo and -debugsource, which hold what belongs
/// to all configurations, must have what they have without it, unchanged.
/// @param with, without packages, or folders of them
/// @throws Error when a folder has no packages, or one cannot be read; (usage) when no configuration is in the first
///         folder alone, or one is in the second alone
[[nodiscard]] std::vector<findings::Check> unaffected_checks(const std::vector<std::filesystem::path>& with,
                                                             const std::vector<std::filesystem::path>& without);

/// The same checks, of two builds that may have the same configurations.
[[nodiscard]] std::vector<findings::Check> same_package_checks(const std::vector<std::filesystem::path>& one,
                                                               const std::vector<std::filesystem::path>& other);

/// Says in each failure of unaffected_checks() where the cause is not -debug: the build does not repeat itself.
/// @param repeated results of same_package_checks() on two builds without the debug configuration
void tell_unrepeatable(std::vector<findings::Result>& results, const std::vector<findings::Result>& repeated);

}  // namespace pystacks::verify
