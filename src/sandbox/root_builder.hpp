#pragma once

#include "sandbox/entry.hpp"

namespace pystacks::sandbox {

/// Builds the root in this process's mount namespace and makes it "/"; the old one is detached. Async-signal-safe. The
/// process is the first of its process namespace.
[[nodiscard]] FailedStep build_root(const Plan& plan) noexcept;

}  // namespace pystacks::sandbox
