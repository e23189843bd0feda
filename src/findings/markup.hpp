#pragma once

#include <string>

namespace pystacks::findings {

/// Text for XML and HTML, whatever a program printed: &, <, > and quotes as entities, and U+FFFD for what is not UTF-8
/// and for characters that XML cannot hold.
[[nodiscard]] std::string escape_markup(const std::string& bytes);

}  // namespace pystacks::findings
