#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pystacks::stackbuild {

/// What a condition of rpm's says of bconds.
struct ConditionNode {
    enum class Kind {
        unknown,      ///< it depends on other macros
        always,       ///< such as 1
        never,        ///< such as 0, and an empty text
        with,         ///< the bcond is on
        without,      ///< the bcond is off
        all_of,       ///< of the parts
        at_least_one  ///< of the parts
    } kind = Kind::unknown;
    std::string bcond;
    std::vector<ConditionNode> parts;
};

/// Reads a condition as rpm would expand and evaluate it: texts with macros, `%[…]` and `%{expr:…}` with `&&`, `||`,
/// `!`,
/// `? :`, parentheses and comparisons. What it does not understand is unknown; nothing is expanded.
[[nodiscard]] ConditionNode parse_condition(std::string_view condition);

/// The opposite.
[[nodiscard]] ConditionNode negated(ConditionNode node);

}  // namespace pystacks::stackbuild
