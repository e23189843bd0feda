#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scratch/package_set.hpp"

namespace pystacks::scratch {

/// The version of a package of this host, by the host's own package manager; nothing when it is not installed.
using HostVersion = std::function<std::optional<std::string>(const std::string& name)>;

/// What of the requirements of @p packages this host has, as dependencies that a package can provide:
/// sonames with their symbol versions, as rpm's own elfdeps names them; files; pkg-config modules; packages by name.
/// Rich dependencies, and what the packages give each other, are left out. Sorted.
[[nodiscard]] std::vector<std::string> host_provides(const PackageSet& packages, const HostVersion& version);

/// Builds a package without files that provides @p provides, for a host whose rpm database knows nothing of what is
/// installed. @returns the package, in @p folder. @throws Error.
[[nodiscard]] std::filesystem::path write_host_package(const std::filesystem::path& folder,
                                                       const std::vector<std::string>& provides);

}  // namespace pystacks::scratch
