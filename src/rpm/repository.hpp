#pragma once

#include <filesystem>
#include <vector>

namespace pystacks::rpm {

/// Makes @p folder a repository of @p packages, as createrepo_c does: repodata/ with primary, filelists and other.
/// @param packages rpm files directly in @p folder
/// @throws Error that names the package which cannot be read
void write_repository(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& packages);

}  // namespace pystacks::rpm
