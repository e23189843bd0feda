#pragma once

#include "build/context.hpp"

/// The four stages, one per section of the spec. Each takes the build folder's lock, skips what its stamps say is done,
/// and throws Error.
namespace pystacks::build {

void run_prep(const StageContext& context);     ///< the patched source tree
void run_build(const StageContext& context);    ///< every enabled configuration's install tree, all at the same time
void run_install(const StageContext& context);  ///< the merged tree, rpm's copy of it, the file lists
void run_check(const StageContext& context);    ///< that every interpreter starts and loads its modules

}  // namespace pystacks::build
