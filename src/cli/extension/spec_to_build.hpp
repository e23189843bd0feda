#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/extension/build.hpp"

namespace pystacks::cli::extension::build {

/// Puts the spec, with debug packages unless it is wanted as it is, and an SRPM's sources into the topdir.
/// @returns the spec's name in SPECS @throws Error, also where the spec is refused
[[nodiscard]] std::string bring_spec(const Options& options, const std::filesystem::path& topdir);

/// Where sources are looked for: the folders that were given, then that of the spec.
[[nodiscard]] std::vector<std::filesystem::path> folders_of_sources(const Options& options);

/// What is sure to be missing is said before a root is installed; rpm has its own list once there is one.
/// @param spec its name in SPECS @throws Error (usage)
void require_plain_sources(const Options& options, const std::filesystem::path& topdir, const std::string& spec);

}  // namespace pystacks::cli::extension::build
