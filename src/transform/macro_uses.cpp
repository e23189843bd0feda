#include "transform/macro_uses.hpp"

#include <algorithm>

#include "transform/macro_values.hpp"

namespace pystacks::transform {

using spectext::LineKind;

MacroUses::MacroUses(const spectext::SpecText& spec) {
    for (const spectext::Definition& each : spec.definitions()) macros_[each.name].definitions.push_back(each.line);
    for (std::size_t i = 0; i < spec.lines().size(); ++i) {
        const spectext::Line& line = spec.lines()[i];
        if (line.kind == LineKind::comment) continue;
        for (const std::string_view name : used_names(line.text)) {
            const auto known = macros_.find(name);
            if (known != macros_.end()) known->second.uses.push_back(i);
        }
    }
}

const MacroUses::Macro& MacroUses::macro(std::string_view name) const {
    const auto found = macros_.find(name);
    return found == macros_.end() ? unknown_ : found->second;
}

const MacroUses::Lines& MacroUses::definitions_of(std::string_view name) const { return macro(name).definitions; }

const MacroUses::Lines& MacroUses::uses_of(std::string_view name) const { return macro(name).uses; }

std::size_t first_from(const MacroUses::Lines& lines, std::size_t begin) {
    const auto found = std::lower_bound(lines.begin(), lines.end(), begin);
    return found == lines.end() ? spectext::no_line : *found;
}

}  // namespace pystacks::transform
