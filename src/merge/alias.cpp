#include "merge/alias.hpp"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

#include "base/text.hpp"
#include "merge/difference.hpp"
#include "merge/install_path.hpp"

namespace pystacks::merge {
namespace {

using tree::FileType;

// As Linux has it; a tree that needs more leads in circles.
constexpr int most_symlinks = 40;

const stack::Configuration& configuration_named(const stack::Stack& stack, const std::string& name) {
    return *std::find_if(stack.configurations.begin(), stack.configurations.end(),
                         [&name](const stack::Configuration& candidate) { return candidate.name == name; });
}

std::string long_name(const stack::Stack& stack, const stack::Alias& alias, const std::string& configuration) {
    return stack::substitute_variables(alias.of, configuration_named(stack, configuration).variables);
}

void put_in_front(std::deque<std::string>& parts, const std::string& path) {
    const auto more = split(path, '/');
    parts.insert(parts.begin(), more.begin(), more.end());
}

/// Whether both names mean one thing in this tree: the same place after symlinks, or the same bytes with the same mode.
bool mean_the_same(const tree::Tree& tree, const std::string& path, const std::string& of) {
    const auto first = resolve(tree, path);
    const auto second = resolve(tree, of);
    if (!first || !second) return false;
    if (*first == *second) return true;
    const auto& a = tree.entries.at(*first);
    const auto& b = tree.entries.at(*second);
    return a.type == FileType::regular && b.type == FileType::regular && a.mode == b.mode && a.size == b.size &&
           a.digest == b.digest;
}

bool survives(const Comparison& comparison, const std::string& path, const std::string& configuration) {
    const auto* verdict = comparison.find(path);
    if (verdict == nullptr) return true;  // bytecode, which is made again
    const bool one_was_chosen = verdict->kind == PathVerdict::Kind::alias || verdict->kind == PathVerdict::Kind::rule;
    return !one_was_chosen || verdict->winner == configuration;
}

/// A path that only @p configuration installs and that means the same as @p path there.
std::optional<std::string> own_name(const std::vector<ConfigurationTree>& trees, std::size_t configuration,
                                    const std::string& path) {
    const auto& tree = trees[configuration].tree;
    for (const auto& [candidate, entry] : tree.entries) {
        if (entry.type == FileType::directory || candidate == path || !mean_the_same(tree, path, candidate)) continue;
        const bool elsewhere =
            std::any_of(trees.begin(), trees.end(), [&tree, &candidate = candidate](const ConfigurationTree& other) {
                return &other.tree != &tree && other.tree.entries.contains(candidate);
            });
        if (!elsewhere) return candidate;
    }
    return std::nullopt;
}

/// An alias of @p path that would hold in all @p installers, found by putting a variable of the configuration in place
/// of its value in the long name.
std::optional<stack::Alias> alias_that_holds(const stack::Stack& stack, const std::vector<ConfigurationTree>& trees,
                                             const std::vector<std::size_t>& installers, const std::string& path) {
    const auto last = installers.back();
    const auto name = own_name(trees, last, path);
    if (!name) return std::nullopt;
    for (const auto& [variable, value] : configuration_named(stack, trees[last].name).variables) {
        if (value.empty() || name->find(value) == std::string::npos) continue;
        const auto everywhere = [&variable = variable, &stack, &trees](std::size_t index) {
            return configuration_named(stack, trees[index].name).variables.contains(variable);
        };
        if (!std::all_of(installers.begin(), installers.end(), everywhere)) continue;
        const stack::Alias alias{path, replace_all(*name, value, "${" + variable + "}"), {}};
        if (why_alias_fails(stack, alias, trees, installers).empty()) return alias;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> resolve(const tree::Tree& tree, const std::string& path) {
    std::deque<std::string> parts;
    put_in_front(parts, path);
    std::string resolved;
    int symlinks = 0;
    while (!parts.empty()) {
        const auto part = parts.front();
        parts.pop_front();
        if (part.empty() || part == ".") continue;
        if (part == "..") {
            resolved = parent_of(resolved);
            continue;
        }
        const auto next = resolved + '/' + part;
        const auto found = tree.entries.find(next);
        if (found == tree.entries.end()) return std::nullopt;
        if (found->second.type != FileType::symlink) {
            resolved = next;
            continue;
        }
        if (++symlinks > most_symlinks) return std::nullopt;
        const auto& target = found->second.target;
        if (target.starts_with('/')) resolved.clear();
        put_in_front(parts, target);
    }
    // The root itself is no entry of the tree.
    return resolved.empty() ? std::nullopt : std::optional(resolved);
}

std::string why_alias_fails(const stack::Stack& stack, const stack::Alias& alias,
                            const std::vector<ConfigurationTree>& trees, const std::vector<std::size_t>& installers) {
    for (const auto index : installers) {
        const auto& [name, tree] = trees[index];
        const auto of = long_name(stack, alias, name);
        if (!tree.entries.contains(of)) return fmt::format("{} does not install {}", name, of);
        if (!mean_the_same(tree, alias.path, of)) return fmt::format("it is not the same as {} in {}", of, name);
        const bool loses =
            index != installers.front() && !compare_path(trees[installers.front()], trees[index], alias.path).same;
        if (loses && of == alias.path) return fmt::format("in {} it is an alias of itself, and would be lost", name);
    }
    return {};
}

std::string what_alias_loses(const stack::Stack& stack, const stack::Alias& alias,
                             const std::vector<ConfigurationTree>& trees, const Comparison& comparison,
                             const PathVerdict& verdict) {
    for (const auto& [name, tree] : trees) {
        const auto& installers = verdict.configurations;
        if (name == verdict.winner || std::find(installers.begin(), installers.end(), name) == installers.end())
            continue;
        const auto of = long_name(stack, alias, name);
        const auto file = resolve(tree, of).value_or(of);
        for (const auto& kept : {of, file}) {
            // A loser whose file is the winner's has nothing to lose.
            if (kept == verdict.path || survives(comparison, kept, name)) continue;
            return fmt::format("{} of {} is itself taken from {}", kept, name, comparison.find(kept)->winner);
        }
    }
    return {};
}

std::string suggest_settlement(const stack::Stack& stack, const std::vector<ConfigurationTree>& trees,
                               const std::vector<std::size_t>& installers, const std::string& path) {
    if (const auto alias = alias_that_holds(stack, trees, installers, path))
        return fmt::format("[[alias]]\npath = \"{}\"\nof = \"{}\"\n", alias->path, alias->of);
    return fmt::format("[[rule]]\npath = \"{}\"\nwinner = \"{}\"\nreason = \"…\"\n", path,
                       trees[installers.front()].name);
}

}  // namespace pystacks::merge
