#include "transform/transformation.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "base/text.hpp"
#include "transform/additions.hpp"
#include "transform/blocks.hpp"
#include "transform/dead_branches.hpp"
#include "transform/obstacles.hpp"
#include "transform/off_by_default.hpp"

namespace pystacks::transform {
namespace {

void append(std::vector<Refusal>& all, std::vector<Refusal> more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

/// What is seen in the spec; where all modules stand in conditions that never hold, what is seen without these.
Observation observe_living(const spectext::SpecText& spec, const MacroValues& values) {
    Observation seen = observe(spec, values);
    if (seen.modules == Modules::none) return seen;
    const std::optional<std::string> text = without_dead_branches(spec);
    if (!text) return seen;
    const spectext::SpecText living(*text);
    Observation rest = observe(living, MacroValues(living));
    if (rest.modules != Modules::none) return seen;
    rest.owners.clear();  // they point into a text that ends here
    rest.why += "; text in conditions that never hold does not count";
    return rest;
}

/// What says most about the spec comes first.
bool says_more(const Refusal& a, const Refusal& b) {
    const auto rank = [](Reason reason) {
        if (reason == Reason::by_hand) return 0;
        return reason == Reason::several_builds || reason == Reason::several_interpreters ||
                       reason == Reason::interpreter_list || reason == Reason::foreign_macros ||
                       reason == Reason::unversioned_python
                   ? 1
                   : 2;
    };
    return rank(a.reason) < rank(b.reason);
}

}  // namespace

Transformation transform(const std::string& bytes, const std::string& name) {
    Transformation result;
    result.original =
        std::make_shared<const spectext::SpecText>(has_additions(bytes) ? without_additions(bytes, name) : bytes);
    const spectext::SpecText& spec = *result.original;
    const MacroValues values(spec);
    result.seen = observe_living(spec, values);
    // What a macro swallows that does not end has not been seen.
    const bool broken = spec.broken_line() != spectext::no_line;
    if (broken && result.seen.modules == Modules::none) {
        result.seen.modules = Modules::unclear;
        result.seen.why = "a condition or a macro has no end, so the text cannot be read";
    }
    if (result.seen.modules == Modules::none) {
        result.outcome = Outcome::nothing_to_do;
        return result;
    }
    append(result.refusals, structure_obstacles(spec));
    append(result.refusals, owner_obstacles(spec, values, result.seen));
    append(result.refusals, build_obstacles(spec, values, result.seen));
    append(result.refusals, definition_obstacles(spec, values));
    // What else is wrong with a text that does not end may only seem so.
    if (broken) std::erase_if(result.refusals, [](const Refusal& each) { return each.reason != Reason::broken_text; });
    std::stable_sort(result.refusals.begin(), result.refusals.end(), says_more);
    std::vector<Refusal> always = result.refusals;
    std::vector<Exception> exceptions = take_switched_off(spec, always);
    if (!always.empty()) return result;
    result.refusals.clear();
    for (const std::size_t branch : branches_of_other_pythons(spec, values, result.seen.interpreter)) {
        exceptions.push_back(
            {branch,
             {Reason::several_interpreters, spec.branches()[branch].opener, "the modules are built where this holds"},
             "built for another Python"});
    }
    Additions additions = plan_additions(spec, result.seen, std::move(exceptions));
    result.refusals = std::move(additions.refusals);
    if (!result.refusals.empty()) return result;
    result.notes = std::move(additions.notes);
    result.text = with_additions(spec, additions.blocks, additions.suffixes);
    result.outcome = Outcome::added;
    return result;
}

}  // namespace pystacks::transform
