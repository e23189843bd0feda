#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stack/stack.hpp"

/// Pieces of a spec as text. They know rpm's syntax, and nothing of what a stack is made of but its conditions.
namespace pystacks::rpm {

/// Whether @p value consists of macros alone, and conditional ones are among them, so that all of it could expand to
/// nothing. Unconditional macros are taken to have a value.
[[nodiscard]] bool may_expand_to_nothing(std::string_view value);

/// Text on one line: line ends and what surrounds them become one blank, since a tag ends with its line.
[[nodiscard]] std::string on_one_line(std::string_view text);

/// "Requires:       value\n"; between %if and %endif when the value may expand to nothing; "" for an empty value.
[[nodiscard]] std::string tag(std::string_view name, std::string_view value);
[[nodiscard]] std::string tags(std::string_view name, const std::vector<std::string>& values);

/// "%global name body\n", of one line or several. An empty body becomes %{nil}, without which rpm complains.
[[nodiscard]] std::string global(std::string_view name, std::string_view body);

/// The line that opens a condition: "%if …\n".
///
/// It must hold exactly when Condition::enabled() says so of the expanded text. That is so for one macro or one %[…];
/// "%{with a} && %{with b}" would be an expression for rpm and a text that is not "0" for the stages.
/// @throws Error (usage) with file and line
[[nodiscard]] std::string open_condition(const stack::Condition& condition);

/// @p body between open_condition() and %endif, or as it is when there is no condition.
[[nodiscard]] std::string conditional(const stack::Condition& condition, std::string body);

}  // namespace pystacks::rpm
