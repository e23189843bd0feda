#pragma once

#include "base/input_list.hpp"
#include "build/context.hpp"

namespace pystacks::build {

/// Name of the source tree's stamp.
inline constexpr const char* prep_stamp = "prep";

/// Checks every source and makes the patched source tree, unless its stamp holds and nobody has changed it. A tree that
/// is there keeps the files that stay the same. The caller holds the lock.
/// @throws Error
void prepare(const StageContext& context);

/// What the source tree is made of: archives, patches and their order, by content.
[[nodiscard]] InputList prep_key(const stack::Stack& stack, const std::filesystem::path& sources,
                                 const std::string& program);

}  // namespace pystacks::build
