#pragma once

#include <filesystem>
#include <string>

#include "base/input_list.hpp"
#include "build/context.hpp"

/// Stamps of steps that leave a tree: they hold only while the tree is as the step left it.
namespace pystacks::build {

/// Whether the step NAME was finished with these inputs and nobody has changed, added or removed a file of @p tree
/// since, as far as sizes, modes and times tell. Says so when somebody has.
[[nodiscard]] bool is_untouched(const StageContext& context, const std::string& name, const InputList& inputs,
                                const std::filesystem::path& tree);

/// Writes the stamp, and what the tree looks like. @throws Error
void write_untouched(const StageContext& context, const std::string& name, const InputList& inputs,
                     const std::filesystem::path& tree);

/// Digest of names, types, sizes, modes, times and link targets.
[[nodiscard]] std::string appearance(const std::filesystem::path& tree);

}  // namespace pystacks::build
