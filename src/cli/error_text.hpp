#pragma once

#include <string>

#include "base/error.hpp"

namespace pystacks::cli {

/// What a user reads: `pystacks: ATTEMPTED: SUBJECT: REASON`, a reason of several lines indented below, then the hint.
/// Ends with a newline.
[[nodiscard]] std::string error_text(const Error& error);

}  // namespace pystacks::cli
