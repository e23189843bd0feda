#pragma once

#include "base/file.hpp"
#include "build/context.hpp"

namespace pystacks::build {

/// The lock of the build folder, waited for as long as the processes of a killed run may take to end.
/// @throws Error when another run holds it
[[nodiscard]] FileLock lock_layout(const StageContext& context);

}  // namespace pystacks::build
