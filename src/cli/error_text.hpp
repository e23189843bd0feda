#pragma once

#include <string>

#include "base/error.hpp"

namespace pystacks::cli {

/// Of a reason: all of it, or what a person reads (base/shortened.hpp), so that cause and hint are on one screen.
enum class Length { whole, shortened };

/// What a user reads: `pystacks: ATTEMPTED: SUBJECT: REASON`, a reason of several lines indented below, then the hint.
/// Ends with a newline.
[[nodiscard]] std::string error_text(const Error& error, Length length = Length::shortened);

}  // namespace pystacks::cli
