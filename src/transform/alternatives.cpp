#include "transform/alternatives.hpp"

#include <algorithm>
#include <map>

namespace pystacks::transform {

using spectext::Branch;
using spectext::no_line;
using spectext::SpecText;

bool exclude_each_other(const SpecText& spec, std::size_t a, std::size_t b) {
    if (a == 0 || b == 0) return false;
    const Branch& one = spec.branches()[a];
    const Branch& other = spec.branches()[b];
    return one.opener == other.opener && one.negated != other.negated && !one.chained && !other.chained;
}

std::size_t branch_of(const SpecText& spec, const ModuleOwner& owner) {
    const std::size_t whole = spec.lines()[owner.files->header].branch;
    if (owner.pyproject_list) return whole;
    const std::size_t first = spec.lines()[owner.entries.front().line].branch;
    const bool same = std::all_of(owner.entries.begin(), owner.entries.end(),
                                  [&](const FileEntry& entry) { return spec.lines()[entry.line].branch == first; });
    return same ? first : whole;
}

std::vector<std::size_t> alternatives(const SpecText& spec, const std::vector<ModuleOwner>& owners) {
    std::map<std::size_t, std::vector<std::size_t>> by_opener;
    for (std::size_t i = 0; i < owners.size(); ++i) {
        const std::size_t branch = branch_of(spec, owners[i]);
        if (branch != 0) by_opener[spec.branches()[branch].opener].push_back(i);
    }
    std::vector<std::size_t> found(owners.size(), no_line);
    for (const auto& [opener, both] : by_opener) {
        if (both.size() != 2) continue;
        if (!exclude_each_other(spec, branch_of(spec, owners[both[0]]), branch_of(spec, owners[both[1]]))) continue;
        found[both[0]] = both[1];
        found[both[1]] = both[0];
    }
    return found;
}

std::size_t at_a_time(const std::vector<std::size_t>& alternatives) {
    const auto paired =
        std::count_if(alternatives.begin(), alternatives.end(), [](std::size_t other) { return other != no_line; });
    return alternatives.size() - static_cast<std::size_t>(paired) / 2;
}

}  // namespace pystacks::transform
