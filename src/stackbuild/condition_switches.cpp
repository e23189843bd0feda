#include "stackbuild/condition_switches.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "stackbuild/condition_parser.hpp"

namespace pystacks::stackbuild {
namespace {

using Kind = ConditionNode::Kind;

bool has(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::size_t count(const rpm::Switches& switches) { return switches.with.size() + switches.without.size(); }

/// A condition that holds, for all that is known here, and with which switches.
struct Way {
    rpm::Switches switches;
    bool certain = true;
};

std::optional<Way> way_to(const ConditionNode& node, Way so_far);

std::optional<Way> way_to_all(const std::vector<ConditionNode>& parts, Way way) {
    for (const ConditionNode& part : parts) {
        std::optional<Way> further = way_to(part, std::move(way));
        if (!further) return std::nullopt;
        way = std::move(*further);
    }
    return way;
}

std::optional<Way> shortest_way(const std::vector<ConditionNode>& parts, const Way& way) {
    std::optional<Way> best;
    for (const ConditionNode& part : parts) {
        std::optional<Way> found = way_to(part, way);
        if (!found) continue;
        const bool surer = best && found->certain && !best->certain;
        const bool shorter = best && found->certain == best->certain && count(found->switches) < count(best->switches);
        if (!best || surer || shorter) best = std::move(found);
    }
    return best;
}

std::optional<Way> way_to(const ConditionNode& node, Way so_far) {
    const bool on = node.kind == Kind::with;
    std::vector<std::string>& wanted = on ? so_far.switches.with : so_far.switches.without;
    const std::vector<std::string>& contrary = on ? so_far.switches.without : so_far.switches.with;
    switch (node.kind) {
        case Kind::unknown:
            so_far.certain = false;
            return so_far;
        case Kind::always:
            return so_far;
        case Kind::never:
            return std::nullopt;
        case Kind::with:
        case Kind::without:
            if (has(contrary, node.bcond)) return std::nullopt;
            if (!has(wanted, node.bcond)) wanted.push_back(node.bcond);
            return so_far;
        case Kind::all_of:
            return way_to_all(node.parts, std::move(so_far));
        case Kind::at_least_one:
            return shortest_way(node.parts, so_far);
    }
    return std::nullopt;
}

}  // namespace

void switch_on(rpm::Switches& switches, std::string_view condition) {
    if (std::optional<Way> way = way_to(parse_condition(condition), {switches})) switches = std::move(way->switches);
}

}  // namespace pystacks::stackbuild
