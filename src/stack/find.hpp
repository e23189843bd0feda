#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pystacks::stack {

/// Names of all stacks below the folders of @p search_path, sorted: of each folder with a stack.toml. Folders that
/// cannot be read have none.
[[nodiscard]] std::vector<std::string> stacks_in(const std::vector<std::filesystem::path>& search_path);

}  // namespace pystacks::stack
