#include "transform/conditions.hpp"

#include <algorithm>
#include <string_view>

#include "base/text.hpp"

namespace pystacks::transform {
namespace {

using spectext::Branch;

constexpr std::size_t deepest = 20;
constexpr std::size_t longest = 2000;

/// Of numbers of conditions that follow upon each other.
struct Tree {
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> steps;
    std::size_t size = 1;

    std::size_t add(std::size_t node, std::size_t line) {
        const auto [step, is_new] = steps.try_emplace({node, line}, size);
        if (is_new) ++size;
        return step->second;
    }
};

}  // namespace

Conditions::Conditions(const spectext::SpecText& spec) : spec_(spec), branches_(spec.branches().size()) {
    std::map<std::string, std::size_t> texts;
    std::map<std::pair<std::size_t, bool>, std::size_t> lines;  // an %if may have many %elif
    Tree numbers;
    for (std::size_t i = 1; i < branches_.size(); ++i) {
        const Branch& branch = spec.branches()[i];
        const std::string_view text = trim(spec.lines()[branch.opener].text);
        const auto [line, is_new] = lines.try_emplace({branch.opener, branch.negated});
        if (is_new) {
            line->second =
                texts.emplace(std::string(text) + (branch.negated ? " not" : ""), texts.size()).first->second;
        }
        const Of& parent = branches_[branch.parent];
        branches_[i] = {numbers.add(parent.number, line->second), line->second, parent.depth + 1,
                        parent.size + text.size()};
    }
}

std::vector<std::size_t> Conditions::chain(std::size_t branch) const {
    std::vector<std::size_t> chain;
    for (; branch != 0; branch = spec_.branches()[branch].parent) chain.push_back(branch);
    std::reverse(chain.begin(), chain.end());
    return chain;
}

bool Conditions::short_enough(std::size_t branch) const {
    return branches_[branch].depth <= deepest && branches_[branch].size <= longest;
}

std::set<std::size_t> Conditions::found_around(const std::set<std::size_t>& wanted,
                                               const std::set<std::size_t>& branches) const {
    Tree tree;
    std::map<std::size_t, std::size_t> ends;  // of the wanted ones
    for (const std::size_t each : wanted) {
        std::size_t node = 0;
        for (const std::size_t branch : chain(each)) node = tree.add(node, branches_[branch].line);
        ends.emplace(each, node);
    }
    std::set<std::size_t> seen;
    for (const std::size_t each : branches) {
        const std::vector<std::size_t> around = chain(each);
        for (std::size_t begin = 0; begin < around.size(); ++begin) {
            std::size_t node = 0;
            for (std::size_t i = begin; i < around.size(); ++i) {
                const auto step = tree.steps.find({node, branches_[around[i]].line});
                if (step == tree.steps.end()) break;
                node = step->second;
                seen.insert(node);
            }
        }
    }
    std::set<std::size_t> found;
    for (const auto& [branch, node] : ends) {
        if (seen.contains(node)) found.insert(branch);
    }
    return found;
}

}  // namespace pystacks::transform
