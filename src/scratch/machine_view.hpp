#pragma once

#include "sandbox/sandbox.hpp"

namespace pystacks::scratch {

/// This machine's programs, read only, for a program that reads or installs what is not trusted: /usr and /etc
/// without its secrets; everything else is empty, and in memory.
[[nodiscard]] sandbox::Sandbox machine_view();

}  // namespace pystacks::scratch
