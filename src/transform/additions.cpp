#include "transform/additions.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/text.hpp"

namespace pystacks::transform {
namespace {

using spectext::Branch;
using spectext::LineKind;
using spectext::no_line;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

/// The branches from the outermost to @p branch.
std::vector<std::size_t> chain_of(const SpecText& spec, std::size_t branch) {
    std::vector<std::size_t> chain;
    for (; branch != 0; branch = spec.branches()[branch].parent) chain.push_back(branch);
    std::reverse(chain.begin(), chain.end());
    return chain;
}

/// The conditions as text, to compare them.
std::string condition_text(const SpecText& spec, std::size_t branch) {
    std::string text;
    for (const std::size_t each : chain_of(spec, branch)) {
        const Branch& condition = spec.branches()[each];
        text += std::string(trim(spec.lines()[condition.opener].text)) + (condition.negated ? " not\n" : "\n");
    }
    return text;
}

bool is_tag(std::string_view line) {
    std::size_t end = 0;
    while (end < line.size() &&
           (std::isalnum(static_cast<unsigned char>(line[end])) != 0 || line[end] == '(' || line[end] == ')'))
        ++end;
    return end > 0 && end < line.size() && trim(line.substr(end)).starts_with(':');
}

class Planner {
public:
    Planner(const SpecText& spec, const Observation& seen) : spec_(spec), seen_(seen) {}

    Additions plan() {
        const std::size_t tags = last_tag();
        // Behind all that the spec declares: a Summary: changes what %{summary} says below it.
        const std::size_t prep = spec_.all(SectionKind::prep).front()->header;
        const std::size_t sections = prep == 0 ? no_line : prep - 1;
        check_names(sections);
        result_.blocks.push_back({tags, switch_lines(tags)});
        result_.blocks.push_back({sections, package_lines()});
        after_section(SectionKind::prep, {"%{?pydebug_prep}"});
        after_section(SectionKind::build, {"%{?pydebug_build}"});
        plan_install();
        for (const ModuleOwner& owner : seen_.owners) {
            if (!owner.swallows()) continue;
            result_.suffixes.push_back({owner.files->header, "%{?pydebug_exclusions}"});
            result_.notes.push_back(
                fmt::format("line {}: its folders and patterns would take the debug modules in, "
                            "%pydebug_exclusions takes them out",
                            owner.files->header + 1));
        }
        return std::move(result_);
    }

private:
    void refuse(Reason reason, std::size_t line, std::string detail) {
        result_.refusals.push_back({reason, line, std::move(detail)});
    }

    /// The end of the last tag of the preamble that stands in no condition.
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

    /// Names of packages are expanded above %prep.
    void check_names(std::size_t after) {
        for (const ModuleOwner& owner : seen_.owners) {
            for (const spectext::Definition& each : spec_.definitions()) {
                const bool below = each.line != no_line && (after == no_line || each.line > after);
                if (below && uses_macro(owner.name.text, each.name)) {
                    refuse(Reason::not_told_apart, each.line, "the package's name is defined below %prep");
                }
            }
        }
    }

    void check_conditions(std::size_t branch, std::size_t after) {
        for (const std::size_t each : chain_of(spec_, branch)) {
            const std::size_t opener = spec_.branches()[each].opener;
            const std::string_view text = spec_.lines()[opener].text;
            const bool several_lines = spec_.end_of_logical(opener) != opener || text.ends_with('\\');
            if (several_lines || spec_.branches()[each].chained)
                refuse(Reason::owner_condition, opener, std::string(trim(text)));
            for (const spectext::Definition& definition : spec_.definitions()) {
                if (definition.line > after && uses_macro(text, definition.name)) {
                    refuse(Reason::owner_condition, definition.line,
                           "the condition's macro is defined here, below the last tag");
                }
            }
        }
    }

    /// Whether all owners stand in one and the same condition, which then decides the switch.
    [[nodiscard]] bool one_condition() const {
        const std::string first = condition_text(spec_, branch_of(seen_.owners.front()));
        return std::all_of(seen_.owners.begin(), seen_.owners.end(),
                           [&](const ModuleOwner& owner) { return condition_text(spec_, branch_of(owner)) == first; });
    }

    [[nodiscard]] std::size_t branch_of(const ModuleOwner& owner) const {
        return spec_.lines()[owner.files->header].branch;
    }

    std::vector<std::string> switch_lines(std::size_t after) {
        std::vector<std::string> lines;
        for (const ModuleOwner& owner : seen_.owners) check_conditions(branch_of(owner), after);
        const bool all_conditional = std::all_of(seen_.owners.begin(), seen_.owners.end(),
                                                 [&](const ModuleOwner& owner) { return branch_of(owner) != 0; });
        if (all_conditional && !one_condition()) {
            refuse(Reason::owner_condition, seen_.owners.front().files->header, "they stand in different conditions");
        } else if (all_conditional) {
            add_guard(lines, branch_of(seen_.owners.front()));
        }
        lines.emplace_back("%{?pydebug_switch}");
        lines.emplace_back("%{?pydebug_buildrequires}");
        return lines;
    }

    /// Where the packages of modules are not built, nothing is.
    void add_guard(std::vector<std::string>& lines, std::size_t branch) {
        for (const std::size_t each : chain_of(spec_, branch)) {
            const Branch& condition = spec_.branches()[each];
            lines.emplace_back(trim(spec_.lines()[condition.opener].text));
            if (!condition.negated) lines.emplace_back("%else");
            lines.emplace_back("%global with_debug_build 0");
            lines.emplace_back("%endif");
            result_.notes.push_back(
                fmt::format("line {}: the packages of modules stand in this condition; where it does "
                            "not hold, the switch is off",
                            condition.opener + 1));
        }
    }

    std::vector<std::string> package_lines() {
        std::vector<std::string> lines;
        const bool several = seen_.owners.size() > 1;
        const bool guarded = several && !one_condition();
        for (const ModuleOwner& owner : seen_.owners) {
            const std::vector<std::size_t> chain =
                guarded ? chain_of(spec_, branch_of(owner)) : std::vector<std::size_t>();
            for (const std::size_t each : chain) {
                lines.emplace_back(trim(spec_.lines()[spec_.branches()[each].opener].text));
                if (spec_.branches()[each].negated) lines.emplace_back("%else");
            }
            std::string line = "%pydebug_package";
            if (!owner.name.option().empty()) line += " " + owner.name.option();
            if (several && !owner.glob().empty()) line += " -m " + owner.glob();
            lines.push_back("%{?pydebug_package:" + line + "}");
            for (std::size_t i = 0; i < chain.size(); ++i) lines.emplace_back("%endif");
        }
        return lines;
    }

    void after_section(SectionKind kind, std::vector<std::string> lines) {
        const std::vector<const Section*> all = spec_.all(kind);
        if (all.empty()) return;
        result_.blocks.push_back({spec_.last_own_line(*all.front()), std::move(lines)});
    }

    /// The import check goes first in %check, which may end anywhere; a spec without %check gets one.
    void plan_install() {
        std::vector<std::string> install{"%{?pydebug_install}"};
        const std::vector<const Section*> checks = spec_.all(SectionKind::check);
        if (checks.empty()) {
            install.insert(install.end(), {"%if %{with debug_build}", "", "%check"});
            add_check(install);
            install.emplace_back("%endif");
            result_.notes.emplace_back("the spec has no %check; one is added for the import check");
        }
        for (const Section* check : checks) {
            std::vector<std::string> lines;
            if (seen_.has_shared_library) lines.emplace_back("%if %{with debug_build}");
            add_check(lines);
            if (seen_.has_shared_library) lines.emplace_back("%endif");
            result_.blocks.push_back({check->header, std::move(lines)});
        }
        after_section(SectionKind::install, std::move(install));
    }

    /// Modules may be linked to libraries of the package itself, which nobody has installed yet.
    void add_check(std::vector<std::string>& lines) const {
        if (!seen_.has_shared_library) {
            lines.emplace_back("%{?pydebug_check}");
            return;
        }
        lines.insert(lines.end(),
                     {"(", "export LD_LIBRARY_PATH=\"$RPM_BUILD_ROOT%{_libdir}${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\"",
                      "%{?pydebug_check}", ")"});
    }

    const SpecText& spec_;
    const Observation& seen_;
    Additions result_;
};

}  // namespace

Additions plan_additions(const SpecText& spec, const Observation& seen) { return Planner(spec, seen).plan(); }

}  // namespace pystacks::transform
