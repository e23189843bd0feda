#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "spectext/tag.hpp"
#include "transform/alternatives.hpp"
#include "transform/carved_out.hpp"
#include "transform/declared_packages.hpp"
#include "transform/obstacles.hpp"
#include "transform/unknown_lists.hpp"

namespace pystacks::transform {
namespace {

using spectext::no_line;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

class Owners {
public:
    Owners(const SpecText& spec, const MacroValues& values, const Observation& seen)
        : spec_(spec),
          values_(values),
          seen_(seen),
          packages_(spec, values),
          alternatives_(alternatives(spec, seen.owners)) {}

    std::vector<Refusal> look() {
        if (seen_.modules == Modules::unclear) look_at_unclear();
        if (seen_.foreign_build != no_line) add(Reason::foreign_macros, seen_.foreign_build, seen_.distribution);
        if (seen_.build == BuildClass::unknown) found_.push_back({Reason::unknown_build, 0, "no section shows one"});
        if (seen_.interpreter == InterpreterKind::unversioned) look_at_interpreter();
        for (const ModuleOwner& owner : seen_.owners) look_at(owner);
        if (at_a_time(alternatives_) > 1) look_at_several();
        look_at_declarations();
        look_at_other_files();
        return std::move(found_);
    }

private:
    void add(Reason reason, std::size_t line, std::string detail = {}) {
        if (detail.empty()) detail = text_of_line(line);
        found_.push_back({reason, line, std::move(detail)});
    }

    void look_at(const ModuleOwner& owner) {
        if (packages_.declaration(owner.name) == nullptr) {
            return add(Reason::sections_from_macros, owner.files->header,
                       "there is no %package line for " + owner.name.text);
        }
        const std::string_view header = spec_.lines()[owner.files->header].text;
        // What is added to the line would be part of the comment.
        const bool comment = spectext::before_dnl(header).size() < header.size();
        if (comment || spec_.end_of_logical(owner.files->header) != owner.files->header) {
            add(Reason::sections_from_macros, owner.files->header);
        }
        const std::size_t perhaps = std::min(packages_.perhaps_noarch(owner.name), packages_.perhaps_noarch({}));
        if (perhaps != no_line && noarch_lines_.insert(perhaps).second) add(Reason::owner_condition, perhaps);
    }

    /// Says of each package which of its lines may have modules.
    void look_at_unclear() {
        std::string detail = seen_.why;
        std::size_t line = 0;
        if (!seen_.doubts.empty()) {
            line = seen_.doubts.front().line;
            constexpr std::size_t shown = 4;
            for (std::size_t i = 0; i < std::min(shown, seen_.doubts.size()); ++i)
                detail += "; " + seen_.doubts[i].what;
            if (seen_.doubts.size() > shown) detail += fmt::format("; and {} more", seen_.doubts.size() - shown);
        } else if (!seen_.owners.empty()) {
            const ModuleOwner& first = seen_.owners.front();
            line = first.entries.empty() ? first.files->header : first.entries.front().line;
        }
        for (const ModuleOwner& owner : seen_.owners) {
            std::string name = owner.name.option();
            name = name.empty() ? "%{name}" : name.substr(std::string_view("-n ").size());
            detail += "; " + name + " has ";
            if (owner.pyproject_list) detail += "%{pyproject_files}";
            for (const FileEntry& entry : owner.entries) detail += (detail.ends_with("has ") ? "" : ", ") + entry.path;
        }
        add(Reason::unclear_modules, line, std::move(detail));
    }

    void look_at_interpreter() {
        for (const ModuleOwner& owner : seen_.owners) {
            for (const FileEntry& entry : owner.entries) return add(Reason::unversioned_python, entry.line);
        }
    }

    /// A tag of a subpackage changes what %{version} says below it, where the -debug packages are declared.
    void look_at_declarations() {
        const std::vector<const Section*> prep = spec_.all(SectionKind::prep);
        for (const Section* section : spec_.all(SectionKind::package)) {
            for (const std::string_view tag : {"version", "release", "epoch"}) {
                const std::size_t line = tag_line(spec_, *section, tag);
                if (line != no_line) add(Reason::own_version, line);
            }
            const bool below = !prep.empty() && section->header > prep.front()->header;
            for (std::size_t i = section->begin; below && i < section->end; ++i) {
                if (uses_macro(spec_.lines()[i].text, "summary")) add(Reason::section_order, i);
            }
        }
    }

    /// A refusal, and where it would stand if each package was compared with each one below it, entry by entry.
    struct Placed {
        std::tuple<std::size_t, std::size_t, std::size_t, std::size_t> place;
        Refusal refusal;
    };

    void look_at_several() {
        std::vector<Placed> found;
        look_for_packages_twice(found);
        look_for_wheels_twice(found);
        for (const EntryOverlap& each : tell_apart(seen_.owners, alternatives_).overlaps) {
            const std::size_t line = seen_.owners[each.owner].entries[each.entry].line;
            found.push_back({{each.first_owner, each.owner, each.first_entry + 1, each.entry},
                             {Reason::not_told_apart, line, text_of_line(line)}});
        }
        std::sort(found.begin(), found.end(), [](const Placed& a, const Placed& b) { return a.place < b.place; });
        for (Placed& each : found) found_.push_back(std::move(each.refusal));
    }

    void look_for_packages_twice(std::vector<Placed>& found) const {
        std::map<std::pair<bool, std::string_view>, std::size_t> first;
        for (std::size_t i = 0; i < seen_.owners.size(); ++i) {
            const ModuleOwner& owner = seen_.owners[i];
            const auto [place, is_new] =
                first.emplace(std::pair(owner.name.absolute, std::string_view(owner.name.text)), i);
            if (is_new || alternatives_[i] == place->second) continue;
            found.push_back({{place->second, i, 0, 0},
                             {Reason::section_twice, owner.files->header, text_of_line(owner.files->header)}});
        }
    }

    void look_for_wheels_twice(std::vector<Placed>& found) const {
        std::vector<std::size_t> first;  // and the first one of another package
        for (std::size_t i = 0; i < seen_.owners.size(); ++i) {
            const ModuleOwner& owner = seen_.owners[i];
            if (!owner.pyproject_list) continue;
            const auto other = std::find_if(first.begin(), first.end(), [&](std::size_t each) {
                return !seen_.owners[each].name.same_package(owner.name) && alternatives_[i] != each;
            });
            if (other != first.end()) {
                found.push_back({{*other, i, 0, 0},
                                 {Reason::not_told_apart, owner.files->header, "both have the files of the wheel"}});
            }
            if (first.empty() || (first.size() == 1 && other != first.end())) first.push_back(i);
        }
    }

    void look_at_other_files() {
        std::set<std::string> bound{bound_name(packages_.main_name())};
        for (const ModuleOwner& owner : seen_.owners) {
            for (const FileEntry& entry : owner.entries) bound.insert(bound_name(entry.rest));
        }
        for (const Section* section : spec_.all(SectionKind::files)) {
            for (std::size_t i = section->begin; i < section->end; ++i) {
                if (spec_.lines()[i].kind != spectext::LineKind::content) continue;
                if (names_python_library(spec_.lines()[i].text, values_, bound)) add(Reason::uses_python_library, i);
            }
        }
        for (const UnknownList& each : unknown_lists(spec_, values_)) add(Reason::unknown_list, each.header);
    }

    [[nodiscard]] std::string text_of_line(std::size_t line) const {
        return std::string(trim(spec_.lines()[line].text));
    }

    const SpecText& spec_;
    const MacroValues& values_;
    const Observation& seen_;
    DeclaredPackages packages_;
    const std::vector<std::size_t> alternatives_;
    std::set<std::size_t> noarch_lines_;  ///< that have been named
    std::vector<Refusal> found_;
};

}  // namespace

std::vector<Refusal> owner_obstacles(const SpecText& spec, const MacroValues& values, const Observation& seen) {
    return Owners(spec, values, seen).look();
}

}  // namespace pystacks::transform
