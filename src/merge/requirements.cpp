#include "merge/requirements.hpp"

#include <map>

#include "base/text.hpp"

namespace pystacks::merge {

std::string_view required_name(std::string_view requirement) noexcept {
    requirement = trim(requirement);
    auto name = requirement.substr(0, requirement.find_first_of(" \t"));
    const auto parenthesis = name.find('(');
    if (parenthesis == std::string_view::npos) return name;
    const bool is_architecture = name.ends_with("-32)") || name.ends_with("-64)");
    return is_architecture ? name.substr(0, parenthesis) : std::string_view{};
}

Requirements::Requirements(const std::vector<const stack::Package*>& packages) : reach_(packages.size()) {
    std::map<std::string_view, std::size_t> by_name;
    for (std::size_t index = 0; index < packages.size(); ++index) by_name.emplace(packages[index]->name, index);
    std::vector<std::set<std::size_t>> direct(packages.size());
    for (std::size_t index = 0; index < packages.size(); ++index)
        for (const auto& requirement : packages[index]->requires_)
            if (const auto found = by_name.find(required_name(requirement)); found != by_name.end())
                direct[index].insert(found->second);

    for (std::size_t start = 0; start < packages.size(); ++start) {
        std::vector<std::size_t> pending(direct[start].begin(), direct[start].end());
        while (!pending.empty()) {
            const auto next = pending.back();
            pending.pop_back();
            if (reach_[start].insert(next).second)
                pending.insert(pending.end(), direct[next].begin(), direct[next].end());
        }
    }
}

std::set<std::size_t> Requirements::foundations(const std::set<std::size_t>& packages) const {
    std::set<std::size_t> result;
    for (const auto candidate : packages) {
        bool stays = true;
        for (const auto other : packages)
            if (other != candidate && brings_in(candidate, other) &&
                (!brings_in(other, candidate) || other < candidate))
                stays = false;
        if (stays) result.insert(candidate);
    }
    return result;
}

}  // namespace pystacks::merge
