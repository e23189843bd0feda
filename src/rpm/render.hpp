#pragma once

#include <string>

#include "stack/stack.hpp"

namespace pystacks::rpm {

/// The spec of a stack.
///
/// Strings of the stack go in as they are, for rpm to expand. What could expand to nothing ("%{?with_x:…}") stands
/// between %if and %endif, because an empty tag is an error. The spec parses where pystacks' macros are not installed:
/// anyone who only builds the SRPM, or asks for a name, does not need them.
///
/// @param raw the stack as it was written, unexpanded; its changelog is read from the file beside stack.toml
/// @throws Error (usage) on a condition that rpm's %if and the stages would understand differently, and when the
///         changelog cannot be read
[[nodiscard]] std::string render_spec(const stack::Stack& raw);

}  // namespace pystacks::rpm
