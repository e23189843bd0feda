#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "rpm/switches.hpp"

namespace pystacks::extension {

struct SpecToBuild {
    std::filesystem::path input;                  ///< a spec or an SRPM
    std::filesystem::path output = "extensions";  ///< the topdir as the user named it, for messages
    std::vector<std::filesystem::path> sources;   ///< folders
    rpm::Switches switches;
    bool as_is = false;  ///< no debug packages are added
};

/// Puts the spec, with debug packages unless it is wanted as it is, and an SRPM's sources into the topdir.
/// @returns the spec's name in SPECS @throws Error, also where the spec is refused
[[nodiscard]] std::string bring_spec(const SpecToBuild& wanted, const std::filesystem::path& topdir);

/// Where sources are looked for: the folders that were given, then that of the spec.
[[nodiscard]] std::vector<std::filesystem::path> folders_of_sources(const SpecToBuild& wanted);

/// What is sure to be missing is said before a root is installed; rpm has its own list once there is one.
/// @param spec its name in SPECS @throws Error (usage)
void require_plain_sources(const SpecToBuild& wanted, const std::filesystem::path& topdir, const std::string& spec);

}  // namespace pystacks::extension
