#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "merge/comparison.hpp"
#include "report/progress.hpp"

namespace pystacks::merge {

/// Makes the merged tree at @p target: every path from its winner, hard links kept between names that come from the
/// same configuration. Bytecode that compare() left out is not there. Written as TARGET.partial and renamed, so @p
/// target is complete or not there; an older @p target is replaced. Modes and times are as normalise_metadata() makes
/// them. Posts progress (lane "stack", phase "merge").
/// @param clamp_mtime SOURCE_DATE_EPOCH: no time in the tree is later
/// @throws Error, on conflicts before anything is written.
void merge_trees(const stack::Stack& stack, const std::vector<ConfigurationTree>& trees, const Comparison& comparison,
                 const std::filesystem::path& target, std::int64_t clamp_mtime, report::ProgressSink& progress);

/// What rpm shall find in the tree: directories 0755, files 0755 when anybody may execute them and 0644 otherwise, no
/// set-id bits; modification times in whole seconds and not after @p clamp_mtime, of symlinks and directories too.
/// @throws Error.
void normalise_metadata(const std::filesystem::path& root, std::int64_t clamp_mtime);

}  // namespace pystacks::merge
