#include "transform/default_switches.hpp"

#include <optional>
#include <string_view>

#include "base/expression.hpp"

namespace pystacks::transform {

using spectext::Branch;
using spectext::Line;
using spectext::LineKind;
using spectext::no_line;
using spectext::SpecText;

DefaultSwitches::DefaultSwitches(const SpecText& spec) : spec_(spec) {
    static const Expression any(R"(bcond\w*[\s{("':]+(\w+)|\b(?:define|global|undefine)[\s("':]+with(?:out)?_(\w+))");
    static const Expression plain(R"(%bcond(?:(_with|_without)\s+(\w+)|\s+(\w+)\s+([01]))\s*)");
    std::map<std::string, int> times;
    for (const Line& line : spec.lines()) {
        if (line.kind == LineKind::comment) continue;
        hidden_ |= line.kind == LineKind::include;
        if (line.text.find("bcond") == std::string_view::npos && line.text.find("with") == std::string_view::npos)
            continue;
        for (const Expression::Groups& groups : any.all_in(line.text)) ++times[groups[1] + groups[2]];
        const auto groups = line.branch == 0 ? plain.groups_of(line.text) : std::nullopt;
        if (groups) values_[(*groups)[2] + (*groups)[3]] = (*groups)[1] == "_without" || (*groups)[4] == "1";
    }
    std::erase_if(values_, [&](const auto& each) { return times[each.first] != 1; });
}

bool DefaultSwitches::off(std::size_t branch) const {
    static const Expression condition(R"(\s*%if\s+(!\s*)?%\{(with|without)\s+(\w+)\}\s*)");
    const Branch& which = spec_.branches()[branch];
    if (hidden_ || which.chained || which.opener == no_line) return false;
    const auto groups = condition.groups_of(spec_.lines()[which.opener].text);
    const auto value = groups ? values_.find((*groups)[3]) : values_.end();
    if (value == values_.end()) return false;
    const bool holds = (value->second == ((*groups)[2] == "with")) == (*groups)[1].empty();
    return holds == which.negated;
}

}  // namespace pystacks::transform
