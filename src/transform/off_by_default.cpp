#include "transform/off_by_default.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/expression.hpp"

namespace pystacks::transform {
namespace {

using spectext::Branch;
using spectext::Line;
using spectext::LineKind;
using spectext::no_line;
using spectext::SpecText;

/// The switches that the spec defines once, outside of conditions and by a plain value.
class Switches {
public:
    explicit Switches(const SpecText& spec) : spec_(spec) {
        static const Expression any(
            R"(bcond\w*[\s{("':]+(\w+)|\b(?:define|global|undefine)[\s("':]+with(?:out)?_(\w+))");
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

    /// Whether nothing in the branch is read by default.
    [[nodiscard]] bool off(const Branch& branch) const {
        static const Expression condition(R"(\s*%if\s+(!\s*)?%\{(with|without)\s+(\w+)\}\s*)");
        if (hidden_ || branch.chained || branch.opener == no_line) return false;
        const auto groups = condition.groups_of(spec_.lines()[branch.opener].text);
        const auto value = groups ? values_.find((*groups)[3]) : values_.end();
        if (value == values_.end()) return false;
        const bool holds = (value->second == ((*groups)[2] == "with")) == (*groups)[1].empty();
        return holds == branch.negated;
    }

private:
    const SpecText& spec_;
    std::map<std::string, bool> values_;
    bool hidden_ = false;  ///< part of the spec is elsewhere
};

bool is_of_one_line(Reason reason) {
    switch (reason) {
        case Reason::section_leaves_early:
        case Reason::definition_in_section:
        case Reason::several_trees:
        case Reason::other_interpreter:
        case Reason::fixed_headers:
        case Reason::fixed_folder:
        case Reason::several_builds:
        case Reason::heavy_build:
            return true;
        default:
            return false;
    }
}

}  // namespace

std::vector<Exception> take_switched_off(const SpecText& spec, std::vector<Refusal>& refusals) {
    std::vector<Exception> found;
    if (refusals.empty()) return found;
    std::set<std::size_t> known;
    const Switches switches(spec);
    std::erase_if(refusals, [&](const Refusal& each) {
        if (!is_of_one_line(each.reason)) return false;
        for (std::size_t at = spec.lines()[each.line].branch; at != 0; at = spec.branches()[at].parent) {
            if (!switches.off(spec.branches()[at])) continue;
            if (known.insert(at).second) found.push_back({at, each, "the build cannot be repeated"});
            return true;
        }
        return false;
    });
    return found;
}

}  // namespace pystacks::transform
