#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/input_list.hpp"
#include "build/context.hpp"
#include "merge/bytecompile.hpp"
#include "merge/comparison.hpp"

namespace pystacks::build {

/// What the enabled configurations installed, base first, and what becomes of each path.
struct ComparedTrees {
    std::vector<merge::ConfigurationTree> trees;
    merge::Comparison comparison;
};

/// SOURCE_DATE_EPOCH as a number. @throws Error (usage)
[[nodiscard]] std::int64_t epoch_of(const std::string& text);

/// Reads and compares the install trees. @throws Error
[[nodiscard]] ComparedTrees compare_installs(const StageContext& context);

/// What the merged tree is made of, by content. @throws Error when a configuration is not installed
[[nodiscard]] InputList merge_key(const StageContext& context);

/// The same and what the partition reads besides.
[[nodiscard]] InputList lists_key(const StageContext& context);

[[nodiscard]] merge::BytecodeJob bytecode_job(const StageContext& context);

/// Names of the stamps of the merged tree and of the file lists.
inline constexpr const char* merge_stamp = "merge";
inline constexpr const char* lists_stamp = "lists";
inline constexpr const char* check_stamp = "check";

}  // namespace pystacks::build
