#pragma once

#include <string>
#include <vector>

#include "findings/check.hpp"

namespace pystacks::verify {

/// Whether one of @p patterns, with * and ?, means the check. "modules.pairs" means that of each configuration, and
/// "modules.pairs@debug" that of one. Where several stacks are verified, "gdb.*" means that of each, and
/// "python3.13/gdb.*" that of one.
[[nodiscard]] bool matches_any(const std::string& name, const std::vector<std::string>& patterns);

/// Those of @p checks that `--only` and `--skip` leave, in their order.
/// @throws Error (usage) for a pattern that means no check, with the nearest name; and when no check is left
[[nodiscard]] std::vector<findings::Check> selected_checks(const std::vector<findings::Check>& checks,
                                                           const std::vector<std::string>& only,
                                                           const std::vector<std::string>& skip);

}  // namespace pystacks::verify
