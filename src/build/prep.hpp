#pragma once

#include "base/hash.hpp"
#include "build/context.hpp"

namespace pystacks::build {

/// Name of the source tree's stamp; its key stands for the tree in the keys of everything that is built from it.
inline constexpr const char* prep_stamp = "prep";

/// Checks every source and makes the patched source tree, unless its stamp holds. When an input has changed, the old
/// tree and everything that was built from it is removed first. The caller holds the lock.
/// @throws Error
void prepare(const StageContext& context);

/// What the source tree is made of: archives, patches and their order, by content.
[[nodiscard]] KeyHasher prep_key(const stack::Stack& stack, const std::filesystem::path& sources);

}  // namespace pystacks::build
