#include "transform/additions.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "transform/alternatives.hpp"
#include "transform/carved_out.hpp"
#include "transform/conditions.hpp"
#include "transform/default_switches.hpp"
#include "transform/macro_uses.hpp"
#include "transform/phase.hpp"

namespace pystacks::transform {
namespace {

using spectext::Branch;
using spectext::LineKind;
using spectext::no_line;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

bool is_tag(std::string_view line) {
    std::size_t end = 0;
    while (end < line.size() &&
           (std::isalnum(static_cast<unsigned char>(line[end])) != 0 || line[end] == '(' || line[end] == ')'))
        ++end;
    return end > 0 && end < line.size() && trim(line.substr(end)).starts_with(':');
}

/// A package of modules, whose %files may be in both branches of an %if and %else.
struct Package {
    ModuleOwner owner;  ///< with the entries of both
    std::size_t branch = 0;
};

class Planner {
public:
    Planner(const SpecText& spec, const Observation& seen, std::vector<Exception> exceptions)
        : spec_(spec),
          seen_(seen),
          exceptions_(std::move(exceptions)),
          conditions_(spec),
          uses_(spec),
          switches_(spec),
          alternatives_(alternatives(spec, seen.owners)) {
        add_packages();
    }

    Additions plan() {
        if (!conditions_are_short()) return std::move(result_);
        const std::size_t tags = last_tag();
        // Behind all that the spec declares: a Summary: changes what %{summary} says below it.
        const std::size_t sections = before_scripts();
        check_names(sections);
        result_.blocks.push_back({tags, switch_lines(tags)});
        std::vector<std::string> packages = package_lines(), added_sections;
        result_.blocks.push_back({sections, std::move(packages)});
        for (const SectionKind kind : {SectionKind::prep, SectionKind::conf, SectionKind::build, SectionKind::install})
            repeat(kind, added_sections);
        plan_check(added_sections);
        if (!added_sections.empty()) add_sections(added_sections);
        for (const ModuleOwner& owner : seen_.owners) {
            if (owner.library_line) {
                result_.notes.push_back(
                    fmt::format("line {}: if this library uses Python, modules that are linked to it get no debug "
                                "build, and the build says so",
                                *owner.library_line + 1));
            }
        }
        add_exclusions();
        return std::move(result_);
    }

private:
    [[nodiscard]] bool same_package_elsewhere(std::size_t owner) const {
        const std::size_t other = alternatives_[owner];
        return other != no_line && seen_.owners[other].name.same_package(seen_.owners[owner].name);
    }

    void add_packages() {
        for (const std::size_t i : tell_apart(seen_.owners, alternatives_).order) {
            const ModuleOwner& owner = seen_.owners[i];
            const std::size_t branch = branch_of(spec_, owner);
            if (is_for_some_other_python(i)) {
                without_debug_.insert(i);
            } else if (!same_package_elsewhere(i)) {
                packages_.push_back({owner, branch});
            } else if (alternatives_[i] > i) {
                const ModuleOwner& other = seen_.owners[alternatives_[i]];
                packages_.push_back({owner, spec_.branches()[branch].parent});
                ModuleOwner& both = packages_.back().owner;
                both.pyproject_list |= other.pyproject_list;
                if (!both.metadata_line) both.metadata_line = other.metadata_line;
                both.entries.insert(both.entries.end(), other.entries.begin(), other.entries.end());
            }
        }
    }

    /// Whether the package is that of a "python" without a version, where the other branch has one that is known.
    [[nodiscard]] bool is_for_some_other_python(std::size_t owner) const {
        const auto unversioned = [](const ModuleOwner& each) {
            return !each.entries.empty() && std::ranges::all_of(each.entries, [](const FileEntry& entry) {
                return named_interpreter(entry.path) == InterpreterKind::unversioned;
            });
        };
        const std::size_t other = alternatives_[owner];
        return other != no_line && unversioned(seen_.owners[owner]) && !unversioned(seen_.owners[other]);
    }

    /// Whether an entry that could match debug modules is below the end of the condition that the header is in: then it
    /// is one of the header in the other branch, too.
    [[nodiscard]] bool reaches_over(const ModuleOwner& owner) const {
        const std::size_t around = spec_.branches()[spec_.lines()[owner.files->header].branch].parent;
        return std::any_of(owner.entries.begin(), owner.entries.end(), [&](const FileEntry& entry) {
            return entry.kind != EntryKind::exact_module && spec_.lines()[entry.line].branch == around;
        });
    }

    void add_exclusions() {
        for (std::size_t i = 0; i < seen_.owners.size(); ++i) {
            const ModuleOwner& owner = seen_.owners[i];
            const bool of_other = same_package_elsewhere(i) && reaches_over(seen_.owners[alternatives_[i]]);
            if (!owner.swallows() && !of_other) continue;
            result_.suffixes.push_back({owner.files->header, "%{?pydebug_exclusions}"});
            result_.notes.push_back(
                fmt::format("line {}: its folders and patterns would include the debug modules, "
                            "%pydebug_exclusions excludes them",
                            owner.files->header + 1));
        }
        for (const std::size_t header : seen_.bystanders)
            result_.suffixes.push_back({header, "%{?pydebug_exclusions}"});
    }

    void refuse(Reason reason, std::size_t line, std::string detail) {
        result_.refusals.push_back({reason, line, std::move(detail)});
    }

    /// The end of the last tag of the preamble that is in no condition.
    [[nodiscard]] std::size_t last_tag() const {
        const Section& preamble = spec_.sections().front();
        std::size_t found = no_line;
        for (std::size_t i = preamble.begin; i < preamble.end; ++i) {
            const spectext::Line& line = spec_.lines()[i];
            if (line.kind == LineKind::content && line.branch == 0 && is_tag(line.text))
                found = spec_.end_of_logical(i);
        }
        return found;
    }

    /// Conditions around packages are repeated for each of them.
    [[nodiscard]] bool conditions_are_short() {
        std::set<std::size_t> branches = branches_of_exceptions();
        for (const Package& package : packages_) branches.insert(package.branch);
        for (const std::size_t branch : branches) {
            if (conditions_.short_enough(branch)) continue;
            refuse(Reason::owner_condition, spec_.branches()[branch].opener, "there are too many conditions around it");
            return false;
        }
        return true;
    }

    /// Lines, from @p first on, that define a macro which @p text uses; except for macros that are @p done.
    std::set<std::size_t> definitions_from(std::size_t first, std::string_view text,
                                           std::set<std::string_view>& done) const {
        std::set<std::size_t> lines;
        for (const std::string_view name : used_names(text)) {
            if (!done.insert(name).second) continue;
            const MacroUses::Lines& all = uses_.definitions_of(name);
            lines.insert(std::lower_bound(all.begin(), all.end(), first), all.end());
        }
        return lines;
    }

    /// Names of packages are expanded above %prep.
    void check_names(std::size_t after) {
        std::set<std::string_view> done;
        for (const ModuleOwner& owner : seen_.owners) {
            for (const std::size_t line : definitions_from(after == no_line ? 0 : after + 1, owner.name.text, done))
                refuse(Reason::not_told_apart, line, "the package's name is defined below %prep");
        }
    }

    void check_conditions(std::size_t branch, std::size_t after) {
        for (const std::size_t each : conditions_.chain(branch)) {
            if (!checked_branches_.insert(each).second) continue;
            const std::size_t opener = spec_.branches()[each].opener;
            const std::string_view text = spec_.lines()[opener].text;
            const bool is_new = checked_openers_.insert(opener).second;
            const bool several_lines = is_new && (spec_.end_of_logical(opener) != opener || text.ends_with('\\'));
            if (several_lines || spec_.branches()[each].chained) refuse_condition(opener);
            if (!is_new) continue;
            const std::size_t first = after == no_line ? no_line : after + 1;
            for (const std::size_t line : definitions_from(first, text, macros_of_conditions_))
                refuse(Reason::owner_condition, line, "the condition's macro is defined here, below the last tag");
        }
    }

    void refuse_condition(std::size_t opener) {
        if (refused_openers_.insert(opener).second)
            refuse(Reason::owner_condition, opener, std::string(trim(spec_.lines()[opener].text)));
    }

    /// Whether all owners are in one and the same condition, which then decides the switch.
    [[nodiscard]] bool one_condition() const {
        const std::size_t first = conditions_.number(packages_.front().branch);
        return std::all_of(packages_.begin(), packages_.end(),
                           [&](const Package& package) { return conditions_.number(package.branch) == first; });
    }

    std::vector<std::string> switch_lines(std::size_t after) {
        std::vector<std::string> lines;
        if (seen_.interpreter == InterpreterKind::python2) {
            // Where Python 2's macros are not installed, rpm has to read the spec all the same.
            lines.emplace_back("%global pydebug_python %{?__python2}%{!?__python2:/usr/bin/python2}");
            result_.notes.emplace_back("the modules are those of Python 2");
        }
        for (const Package& package : packages_) check_conditions(package.branch, after);
        const bool all_conditional =
            std::all_of(packages_.begin(), packages_.end(), [](const Package& package) { return package.branch != 0; });
        if (all_conditional && one_condition()) {
            add_guard(lines, packages_.front().branch);
        } else if (all_conditional && !one_is_always_there()) {
            add_guard_of_several(lines);
        }
        if (!all_conditional || !one_condition()) except_packages_without_debug();
        const std::set<std::size_t> around_modules = exceptions_around_modules();
        std::set<std::size_t> excepted;
        for (const Exception& each : exceptions_) {
            check_conditions(each.branch, after);
            if (!excepted.insert(conditions_.number(each.branch)).second) continue;
            add_exception(lines, each, around_modules.contains(each.branch));
        }
        lines.emplace_back("%{?pydebug_switch}");
        lines.emplace_back("%{?pydebug_buildrequires}");
        return lines;
    }

    [[nodiscard]] std::set<std::size_t> branches_of_exceptions() const {
        std::set<std::size_t> branches;
        for (const Exception& each : exceptions_) branches.insert(each.branch);
        return branches;
    }

    [[nodiscard]] std::set<std::size_t> exceptions_around_modules() const {
        std::set<std::size_t> branches;
        for (const Package& package : packages_) branches.insert(package.branch);
        return conditions_.found_around(branches_of_exceptions(), branches);
    }

    void except_packages_without_debug() {
        for (const std::size_t each : without_debug_) {
            const ModuleOwner& owner = seen_.owners[each];
            exceptions_.push_back({branch_of(spec_, owner),
                                   {Reason::unversioned_python, owner.files->header, "of " + owner.name.option()},
                                   "built for a Python without a version"});
        }
    }

    /// Whether a package is in the one branch of a condition and another package in the other.
    [[nodiscard]] bool one_is_always_there() const {
        for (std::size_t i = 0; i < seen_.owners.size(); ++i) {
            const std::size_t other = alternatives_[i];
            if (other == no_line || without_debug_.contains(i) || without_debug_.contains(other)) continue;
            if (spec_.branches()[branch_of(spec_, seen_.owners[i])].parent == 0) return true;
        }
        return false;
    }

    /// Where the packages of modules are not built, nothing is.
    void add_guard(std::vector<std::string>& lines, std::size_t branch) {
        for (const std::size_t each : conditions_.chain(branch)) {
            const Branch& condition = spec_.branches()[each];
            lines.emplace_back(trim(spec_.lines()[condition.opener].text));
            if (!condition.negated) lines.emplace_back("%else");
            lines.emplace_back("%global with_debug_build 0");
            lines.emplace_back("%endif");
            result_.notes.push_back(
                fmt::format("line {}: the packages of modules are in this condition; if it does "
                            "not hold, the switch is off",
                            condition.opener + 1));
        }
    }

    /// Whether the condition is that of another package and more: "%if A && B" beside "%if A".
    [[nodiscard]] bool is_implied(std::size_t branch) const {
        if (spec_.branches()[branch].negated) return false;
        const std::string_view text = trim(spec_.lines()[spec_.branches()[branch].opener].text);
        return std::any_of(packages_.begin(), packages_.end(), [&](const Package& package) {
            const Branch& other = spec_.branches()[package.branch];
            const std::string_view less = trim(spec_.lines()[other.opener].text);
            return !other.negated && text.size() > less.size() && text.starts_with(less) &&
                   trim(text.substr(less.size())).starts_with("&&") && less.find("||") == std::string_view::npos;
        });
    }

    /// Where none of the packages of modules is built, nothing is.
    void add_guard_of_several(std::vector<std::string>& lines) {
        std::set<std::size_t> seen;
        for (const Package& package : packages_) {
            const std::vector<std::size_t> chain = conditions_.chain(package.branch);
            if (chain.size() > 1) {
                refuse(Reason::owner_condition, package.owner.files->header, "they are in different conditions");
                return;
            }
            const Branch& condition = spec_.branches()[chain.front()];
            if (is_implied(chain.front()) || !seen.insert(conditions_.number(chain.front())).second) continue;
            lines.emplace_back(trim(spec_.lines()[condition.opener].text));
            if (!condition.negated) lines.emplace_back("%else");
        }
        lines.emplace_back("%global with_debug_build 0");
        lines.insert(lines.end(), seen.size(), "%endif");
        result_.notes.emplace_back("the packages of modules are in conditions; if none holds, the switch is off");
    }

    /// Where the package is built for another Python, too, or cannot be built twice, nothing is.
    void add_exception(std::vector<std::string>& lines, const Exception& exception, bool around_modules) {
        const Branch& condition = spec_.branches()[exception.branch];
        if (around_modules) result_.refusals.push_back(exception.reason);
        lines.emplace_back(trim(spec_.lines()[condition.opener].text));
        if (condition.negated) lines.emplace_back("%else");
        lines.emplace_back("%global with_debug_build 0");
        lines.emplace_back("%endif");
        result_.notes.push_back(fmt::format("line {}: {} if this {}, and then the switch is off", condition.opener + 1,
                                            exception.why, condition.negated ? "does not hold" : "holds"));
    }

    /// One of several, of which only the build can say whether it has modules.
    [[nodiscard]] bool is_unsure(const ModuleOwner& owner) const {
        if (at_a_time(alternatives_) < 2) return false;
        if (!owner.surely_has_modules()) return true;
        // What the script puts there for another package may be all that is compiled.
        return seen_.places_modules && owner.pyproject_list && !owner.names_modules() && !owner.metadata_line &&
               std::any_of(packages_.begin(), packages_.end(), [&](const Package& package) {
                   return !package.owner.name.same_package(owner.name) && package.owner.names_modules();
               });
    }

    std::vector<std::string> package_lines() {
        std::vector<std::string> lines;
        const bool several = at_a_time(alternatives_) > 1;
        const bool guarded = packages_.size() > 1 && !one_condition();
        if (!seen_.build_decides.empty()) {
            result_.notes.push_back(seen_.build_decides +
                                    ": the build says whether there is a -debug package (%pydebug_package -d)");
        }
        for (const auto& [owner, branch] : packages_) {
            if (is_unsure(owner)) {
                result_.notes.push_back(fmt::format(
                    "line {}: the text does not show whether this package has modules: the build says whether there is "
                    "a -debug package of it (%pydebug_package -d)",
                    owner.files->header + 1));
            }
            const std::vector<std::size_t> chain = guarded ? conditions_.chain(branch) : std::vector<std::size_t>();
            for (const std::size_t each : chain) {
                lines.emplace_back(trim(spec_.lines()[spec_.branches()[each].opener].text));
                if (spec_.branches()[each].negated) lines.emplace_back("%else");
            }
            std::string line = "%pydebug_package";
            if (!seen_.build_decides.empty() || is_unsure(owner)) line += " -d";
            if (!owner.name.option().empty()) line += " " + owner.name.option();
            if (several && !owner.glob().empty()) line += " -m " + owner.glob();
            lines.push_back("%{?pydebug_package:" + line + "}");
            for (std::size_t i = 0; i < chain.size(); ++i) lines.emplace_back("%endif");
        }
        return lines;
    }

    /// The line above the first script: all packages are declared there, and no script has been read.
    [[nodiscard]] std::size_t before_scripts() const {
        for (const Section& section : spec_.sections()) {
            const bool script = section.kind == SectionKind::generate_buildrequires ||
                                std::find(phases.begin(), phases.end(), section.kind) != phases.end();
            if (script || section.kind == SectionKind::files) return section.header == 0 ? no_line : section.header - 1;
        }
        return no_line;
    }

    /// Puts the phase's macro at its end. Where BuildSystem makes all of it, a section is needed which is appended.
    void repeat(SectionKind kind, std::vector<std::string>& added_sections) {
        const std::string name(name_of(kind));
        const std::string line = "%{?pydebug_" + name.substr(1) + "}";
        if (const Section* section = phase_of(spec_, kind).last()) {
            result_.blocks.push_back({spec_.last_own_line(*section), {line}});
        } else if (build_system_line(spec_) != no_line) {
            added_sections.insert(added_sections.end(), {name + " -a", line, ""});
        }
    }

    /// The import check goes first in %check, which may end anywhere; a spec without %check gets one.
    void plan_check(std::vector<std::string>& added_sections) {
        const PhaseSections phase = phase_of(spec_, SectionKind::check);
        const bool declarative = build_system_line(spec_) != no_line;
        std::vector<const Section*> checks = phase.whole;
        if (checks.empty() && phase.last() != nullptr) checks.push_back(phase.last());
        for (const Section* check : checks) {
            std::vector<std::string> lines;
            if (!seen_.library_folders.empty()) lines.emplace_back("%if %{with debug_build}");
            add_check(lines);
            if (!seen_.library_folders.empty()) lines.emplace_back("%endif");
            result_.blocks.push_back({check->header, std::move(lines)});
        }
        if (checks.size() == 1 && phase.whole.size() == 1) check_by_default(*checks.front());
        if (!checks.empty()) return;
        added_sections.emplace_back(declarative ? "%check -a" : "%check");
        add_check(added_sections);
        if (!declarative) result_.notes.emplace_back("the spec has no %check; one is added for the import check");
    }

    /// Where %check itself is off by default, its condition gets another branch: the import check needs no tests.
    void check_by_default(const Section& check) {
        const std::size_t branch = spec_.lines()[check.header].branch;
        const std::size_t end = switches_.off(branch) ? lone_end(branch, check) : no_line;
        if (end == no_line) return;
        std::vector<std::string> lines{"%else", "%if %{with debug_build}", "%check"};
        add_check(lines);
        lines.emplace_back("%endif");
        result_.blocks.push_back({end - 1, std::move(lines)});
        result_.notes.push_back(
            fmt::format("line {}: this condition is off by default; the import check is made anyway",
                        spec_.branches()[branch].opener + 1));
    }

    /// The %endif of a condition without %else that has @p check whole, and nothing behind it that would then be a part
    /// of the new %check; no_line for any other.
    [[nodiscard]] std::size_t lone_end(std::size_t branch, const Section& check) const {
        const std::vector<spectext::Line>& lines = spec_.lines();
        std::size_t end = check.header;
        while (end < check.end &&
               !(lines[end].kind == LineKind::close && lines[end].branch == spec_.branches()[branch].parent)) {
            if (lines[end].kind == LineKind::otherwise && lines[end].branch == spec_.branches()[branch].parent)
                return no_line;
            ++end;
        }
        if (end == check.end || spec_.branches()[branch].negated || spec_.branches()[branch].chained) return no_line;
        for (std::size_t i = end + 1; i < check.end; ++i) {
            if (lines[i].kind != LineKind::blank && lines[i].kind != LineKind::comment &&
                lines[i].kind != LineKind::open)
                return no_line;
        }
        return end;
    }

    /// The script behind which nothing of them is, above @p end.
    [[nodiscard]] const Section* last_script(std::size_t end) const {
        const Section* last = nullptr;
        for (const SectionKind kind :
             {SectionKind::prep, SectionKind::conf, SectionKind::build, SectionKind::install}) {
            const Section* section = phase_of(spec_, kind).last();
            if (section == nullptr || section->header >= end) continue;
            if (last == nullptr || section->header > last->header) last = section;
        }
        return last;
    }

    /// Behind the last script that is there, and behind macros that may make scriptlets at its end: what is declared by
    /// the macros above ends in %files. Where that is in a condition, behind the script before.
    void add_sections(const std::vector<std::string>& sections) {
        const Section* last = last_script(no_line);
        while (last != nullptr && spec_.branch_after(spec_.last_own_line(*last, SpecText::Scriptlets::are_own)) != 0) {
            last = last_script(last->header);
        }
        std::vector<std::string> lines{"%if %{with debug_build}", ""};
        lines.insert(lines.end(), sections.begin(), sections.end());
        lines.emplace_back("%endif");
        const std::size_t place =
            last != nullptr ? spec_.last_own_line(*last, SpecText::Scriptlets::are_own) : before_scripts();
        result_.blocks.push_back({place, lines});
    }

    /// Modules may be linked to libraries of the package itself, which nobody has installed yet.
    void add_check(std::vector<std::string>& lines) const {
        if (seen_.library_folders.empty()) {
            lines.emplace_back("%{?pydebug_check}");
            return;
        }
        std::string path;
        for (const std::string& folder : seen_.library_folders) path += "$RPM_BUILD_ROOT" + folder + ":";
        path.pop_back();
        lines.insert(lines.end(), {"(", "export LD_LIBRARY_PATH=\"" + path + "${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\"",
                                   "%{?pydebug_check}", ")"});
    }

    const SpecText& spec_;
    const Observation& seen_;
    std::vector<Exception> exceptions_;
    const Conditions conditions_;
    const MacroUses uses_;
    const DefaultSwitches switches_;
    const std::vector<std::size_t> alternatives_;
    std::vector<Package> packages_;
    std::set<std::size_t> without_debug_;  ///< owners where the switch is off
    std::set<std::size_t> checked_branches_, checked_openers_, refused_openers_;
    std::set<std::string_view> macros_of_conditions_;  ///< whose definitions have been looked at
    Additions result_;
};

}  // namespace

Additions plan_additions(const SpecText& spec, const Observation& seen, std::vector<Exception> exceptions) {
    return Planner(spec, seen, std::move(exceptions)).plan();
}

}  // namespace pystacks::transform
