#pragma once

#include <string>

#include "stack/stack.hpp"

namespace pystacks::rpm {

/// Summary and License of the spec's own preamble: the main package's when it is called as the spec is, else the
/// stack's. Which of the two holds is rpm's to decide, since the names may depend on bconds.
[[nodiscard]] std::string preamble_identity(const stack::Stack& raw);

/// The %description of the spec itself and all packages: tags and descriptions, the main package first.
[[nodiscard]] std::string packages(const stack::Stack& raw);

/// The %files of all packages, each from the list that %install leaves.
[[nodiscard]] std::string file_sections(const stack::Stack& raw);

}  // namespace pystacks::rpm
