#pragma once

#include "base/file.hpp"

namespace pystacks::sandbox {

/// A user namespace in which every user and group has the number that it has in this process's. This process's user is
/// root in it (for other users than root: it alone exists).
/// @returns a descriptor for setns(2); none where root may not make one
/// @throws Error when another user than root may not make one
[[nodiscard]] UniqueFd make_user_namespace();

}  // namespace pystacks::sandbox
