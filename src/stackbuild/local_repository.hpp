#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// A folder of packages that dnf can install from.
namespace pystacks::stackbuild {

struct RepositoryOptions {
    std::filesystem::path folder;  ///< empty: none is wanted
    std::string key;               ///< the name of a key that gpg has, to sign with; empty: nothing is signed
};

/// Before an hour of building is lost for it: is the folder one, is rpmsign there, does gpg have the key?
/// @throws Error (usage)
void require_usable(const RepositoryOptions& options);

/// Puts copies of the binary ones of @p packages into the folder, signs them, and writes the repository's data of all
/// packages there. What a build wrote is not touched: signed or not, its bytes stay what they are.
/// @returns how many packages were put there
/// @throws Error; then the repository is as it was, or has no data yet
[[nodiscard]] std::size_t publish(const std::vector<std::filesystem::path>& packages, const RepositoryOptions& options);

}  // namespace pystacks::stackbuild
