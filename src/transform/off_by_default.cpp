#include "transform/off_by_default.hpp"

#include <set>

#include "transform/default_switches.hpp"

namespace pystacks::transform {
namespace {

using spectext::SpecText;

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
    const DefaultSwitches switches(spec);
    std::erase_if(refusals, [&](const Refusal& each) {
        if (!is_of_one_line(each.reason)) return false;
        for (std::size_t at = spec.lines()[each.line].branch; at != 0; at = spec.branches()[at].parent) {
            if (!switches.off(at)) continue;
            if (known.insert(at).second) found.push_back({at, each, "the build cannot be repeated"});
            return true;
        }
        return false;
    });
    return found;
}

}  // namespace pystacks::transform
