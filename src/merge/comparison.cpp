#include "merge/comparison.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/glob.hpp"
#include "base/text.hpp"
#include "merge/alias.hpp"
#include "merge/difference.hpp"
#include "merge/install_path.hpp"

namespace pystacks::merge {
namespace {

using Kind = PathVerdict::Kind;
using Installers = std::vector<std::size_t>;  // indices into the trees, ascending

constexpr std::size_t most_conflicts_listed = 200;

/// One comparison while it is made.
class Comparer {
public:
    Comparer(const stack::Stack& stack, const std::vector<ConfigurationTree>& trees)
        : stack_(stack), trees_(trees), alias_used_(stack.aliases.size()), rule_used_(stack.rules.size()) {
        for (const auto& rule : stack.rules) rule_patterns_.emplace_back(rule.path);
        result_.base = trees.front().name;
    }

    Comparison run() {
        std::map<std::string_view, Installers> paths;
        for (std::size_t index = 0; index < trees_.size(); ++index)
            for (const auto& [path, entry] : trees_[index].tree.entries) paths[path].push_back(index);
        for (const auto& [path, installers] : paths)
            if (!is_made_anew(path, paths)) result_.verdicts.push_back(judge(std::string(path), installers));
        // Only now is it known what became of the long names.
        for (auto& verdict : result_.verdicts)
            if (verdict.kind == Kind::alias) check_nothing_lost(verdict);
        suggest_settlements();
        if (trees_.size() > 1 && trees_.size() == stack_.configurations.size()) warn_of_unused();
        return std::move(result_);
    }

private:
    bool is_made_anew(std::string_view path, const std::map<std::string_view, Installers>& paths) const {
        const auto source = bytecode_source(path);
        if (!source || !paths.contains(*source)) return false;
        const auto& folders = stack_.bytecode.paths;
        return std::any_of(folders.begin(), folders.end(),
                           [&source](const std::string& folder) { return is_within(*source, folder); });
    }

    PathVerdict judge(std::string path, const Installers& installers) {
        PathVerdict verdict;
        verdict.path = std::move(path);
        verdict.winner = trees_[installers.front()].name;
        for (const auto index : installers) verdict.configurations.push_back(trees_[index].name);
        if (!is_packageable(verdict, installers)) return verdict;
        if (installers.size() == 1) {
            const std::string why = "only in " + verdict.winner;
            return decide(std::move(verdict), Kind::own, why);
        }

        std::string how;
        std::string differences;
        bool settleable = true;
        const auto& first = trees_[installers.front()];
        for (const auto index : Installers(installers.begin() + 1, installers.end())) {
            const auto likeness = compare_path(first, trees_[index], verdict.path);
            if (likeness.same) {
                how = likeness.how;
                continue;
            }
            if (!differences.empty()) differences += "; ";
            differences += likeness.how;
            if (directory_meets_other(first, trees_[index], verdict.path)) settleable = false;
        }
        if (differences.empty())
            return decide(std::move(verdict), installers.front() == 0 ? Kind::shared : Kind::own, how);
        verdict.reason = differences;
        if (settleable && !settle_by_alias(verdict, installers)) settle_by_rule(verdict, installers);
        return verdict;
    }

    static PathVerdict decide(PathVerdict verdict, Kind kind, std::string reason) {
        verdict.kind = kind;
        verdict.reason = std::move(reason);
        return verdict;
    }

    bool is_packageable(PathVerdict& verdict, const Installers& installers) const {
        for (const auto index : installers) {
            if (trees_[index].tree.entries.at(verdict.path).type != tree::FileType::other) continue;
            verdict.reason = fmt::format("a device, socket or pipe in {}: it cannot be packaged", trees_[index].name);
            return false;
        }
        return true;
    }

    bool settle_by_alias(PathVerdict& verdict, const Installers& installers) {
        for (std::size_t index = 0; index < stack_.aliases.size(); ++index) {
            const auto& alias = stack_.aliases[index];
            if (alias.path != verdict.path) continue;
            alias_used_[index] = true;
            const auto failure = why_alias_fails(stack_, alias, trees_, installers);
            if (failure.empty()) {
                verdict.kind = Kind::alias;
                verdict.reason = "each configuration keeps its own as " + alias.of;
                return true;
            }
            note_failed_alias(verdict, alias, failure);
        }
        return false;
    }

    void settle_by_rule(PathVerdict& verdict, const Installers& installers) {
        for (std::size_t index = 0; index < stack_.rules.size(); ++index) {
            const auto& rule = stack_.rules[index];
            if (!rule.condition.enabled() || !rule_patterns_[index].matches(verdict.path)) continue;
            rule_used_[index] = true;
            const auto& names = verdict.configurations;
            if (std::find(names.begin(), names.end(), rule.winner) == names.end()) {
                verdict.reason +=
                    fmt::format("; the rule of {} names {}, which does not install it", rule.place.text(), rule.winner);
                continue;
            }
            if (installers.front() == 0 && rule.winner != result_.base) refuse(rule, verdict.path);
            verdict.kind = Kind::rule;
            verdict.winner = rule.winner;
            verdict.reason = rule.reason;
            return;
        }
    }

    [[noreturn]] void refuse(const stack::ConflictRule& rule, const std::string& path) const {
        throw Error(
            ErrorKind::usage, "cannot merge", rule.place.text(),
            fmt::format("the rule would take {} from {}, but {} installs it too", path, rule.winner, result_.base),
            fmt::format("the packages of {} must be the same with and without the other configurations: "
                        "make it the winner, or give {} a name of its own for the file",
                        result_.base, rule.winner));
    }

    void note_failed_alias(PathVerdict& verdict, const stack::Alias& alias, const std::string& failure) const {
        verdict.reason += fmt::format("; the alias of {} does not hold: {}", alias.place.text(), failure);
    }

    void check_nothing_lost(PathVerdict& verdict) const {
        for (const auto& alias : stack_.aliases) {
            if (alias.path != verdict.path) continue;
            const auto loss = what_alias_loses(stack_, alias, trees_, result_, verdict);
            if (loss.empty()) return;
            verdict.kind = Kind::conflict;
            verdict.reason = "installed differently";
            note_failed_alias(verdict, alias, loss);
        }
    }

    void suggest_settlements() {
        // To find an alias takes a look at every path, so not for more conflicts than are listed.
        std::size_t count = 0;
        for (auto& verdict : result_.verdicts)
            if (verdict.kind == Kind::conflict && ++count <= most_conflicts_listed) suggest(verdict);
    }

    void suggest(PathVerdict& verdict) const {
        if (verdict.configurations.size() < 2) return;
        Installers installers;
        for (std::size_t index = 0; index < trees_.size(); ++index)
            if (trees_[index].tree.entries.contains(verdict.path)) installers.push_back(index);
        for (const auto index : installers)
            if (directory_meets_other(trees_[installers.front()], trees_[index], verdict.path)) return;
        verdict.suggestion = suggest_settlement(stack_, trees_, installers, verdict.path);
    }

    void warn_of_unused() {
        const auto warn = [this](const stack::Place& place, std::string_view key, const std::string& path) {
            result_.warnings.push_back(fmt::format("{}: the {} of {} settles nothing", place.text(), key, path));
        };
        for (std::size_t index = 0; index < stack_.aliases.size(); ++index)
            if (!alias_used_[index]) warn(stack_.aliases[index].place, "alias", stack_.aliases[index].path);
        for (std::size_t index = 0; index < stack_.rules.size(); ++index)
            if (!rule_used_[index] && stack_.rules[index].condition.enabled())
                warn(stack_.rules[index].place, "rule", stack_.rules[index].path);
    }

    const stack::Stack& stack_;
    const std::vector<ConfigurationTree>& trees_;
    std::vector<PathPattern> rule_patterns_;
    std::vector<bool> alias_used_;
    std::vector<bool> rule_used_;
    Comparison result_;
};

}  // namespace

std::string_view to_string(PathVerdict::Kind kind) noexcept {
    switch (kind) {
        case Kind::shared:
            return "shared";
        case Kind::own:
            return "own";
        case Kind::alias:
            return "alias";
        case Kind::rule:
            return "rule";
        case Kind::conflict:
            break;
    }
    return "conflict";
}

const PathVerdict* Comparison::find(std::string_view path) const noexcept {
    const auto found =
        std::lower_bound(verdicts.begin(), verdicts.end(), path,
                         [](const PathVerdict& verdict, std::string_view key) { return verdict.path < key; });
    return found != verdicts.end() && found->path == path ? &*found : nullptr;
}

Comparison compare(const stack::Stack& stack, const std::vector<ConfigurationTree>& trees) {
    return Comparer(stack, trees).run();
}

void require_no_conflicts(const stack::Stack& stack, const Comparison& comparison) {
    std::size_t count = 0;
    std::string list;
    std::string suggestions;
    for (const auto& verdict : comparison.verdicts) {
        if (verdict.kind != Kind::conflict || ++count > most_conflicts_listed) continue;
        list += fmt::format("\n  {}: {}", verdict.path, verdict.reason);
        if (!verdict.suggestion.empty()) suggestions += "\n" + verdict.suggestion;
    }
    if (count == 0) return;
    if (count > most_conflicts_listed) list += fmt::format("\n  … and {} more", count - most_conflicts_listed);
    const auto subject = count == 1 ? std::string("1 path") : fmt::format("{} paths", count);
    throw Error("cannot merge", subject,
                "configurations install different files there, and no alias or rule says which to take:" + list,
                suggestions.empty() ? "let each configuration install it under its own name"
                                    : fmt::format("settle it in {}:\n{}", stack.file.string(), suggestions));
}

}  // namespace pystacks::merge
