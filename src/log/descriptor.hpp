#pragma once

#include <string_view>

namespace pystacks::log {

/// Writes all of @p bytes, usually by one write(2). A display that cannot be written to is not worth failing for:
/// @returns whether it worked.
bool write_all(int descriptor, std::string_view bytes) noexcept;

}  // namespace pystacks::log
