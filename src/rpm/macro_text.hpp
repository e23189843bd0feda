#pragma once

#include <string>

namespace pystacks::rpm {

/// @p text with its macros expanded, in librpm's global context as it is now.
/// @throws Error when rpm cannot expand it
[[nodiscard]] std::string expand(const std::string& text);

}  // namespace pystacks::rpm
