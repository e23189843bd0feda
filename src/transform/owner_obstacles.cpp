#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.hpp"
#include "transform/declared_packages.hpp"
#include "transform/entry_overlap.hpp"
#include "transform/obstacles.hpp"
#include "transform/word_search.hpp"

namespace pystacks::transform {
namespace {

using spectext::no_line;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

/// A name of a file has no more characters, so a list whose name has is made by nobody.
constexpr std::size_t longest_name = 255;

// Of a word that is searched for: whether a script has it, and whether in a line that speaks of Python.
constexpr std::uint8_t in_script = 1, beside_python = 2;

/// Whether it is not known that a list of files has no modules, or only those of the wheel.
bool is_strange(const std::string& list) {
    return list.find("pyproject_files") == std::string::npos && list.find("ghost_distinfo") == std::string::npos &&
           !list.ends_with(".lang");
}

std::string base_name(const std::string& list) { return list.substr(list.rfind('/') + 1); }

bool speaks_of_python(const std::string& text) {
    return text.find("python") != std::string::npos || text.find("site") != std::string::npos ||
           text.find(".so") != std::string::npos || text.find("buildroot}") != std::string::npos;
}

class Owners {
public:
    Owners(const SpecText& spec, const MacroValues& values, const Observation& seen)
        : spec_(spec), values_(values), seen_(seen), packages_(spec, values) {}

    std::vector<Refusal> look() {
        if (seen_.modules == Modules::unclear) look_at_unclear();
        if (seen_.build == BuildClass::unknown) found_.push_back({Reason::unknown_build, 0, "no section shows one"});
        if (seen_.interpreter == InterpreterKind::unversioned) look_at_interpreter();
        for (const ModuleOwner& owner : seen_.owners) look_at(owner);
        if (seen_.owners.size() > 1) look_at_several();
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
                       "no %package line is there for " + owner.name.text);
        }
        if (spec_.end_of_logical(owner.files->header) != owner.files->header) {
            add(Reason::sections_from_macros, owner.files->header);
        }
    }

    /// Says of each package which of its lines may have modules.
    void look_at_unclear() {
        std::size_t line = seen_.owners.front().files->header;
        if (!seen_.owners.front().entries.empty()) line = seen_.owners.front().entries.front().line;
        std::string detail = seen_.why;
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
        for (std::size_t i = 0; i < seen_.owners.size(); ++i) {
            const ModuleOwner& owner = seen_.owners[i];
            const bool sure = owner.names_modules() || owner.pyproject_list || owner.metadata_line;
            if (sure) continue;
            found.push_back(
                {{i, 0, 0, 0},
                 {Reason::not_told_apart, owner.files->header, "it cannot be told whether it has modules at all"}});
        }
        look_for_packages_twice(found);
        look_for_wheels_twice(found);
        for (const EntryOverlap& each : entry_overlaps(seen_.owners)) {
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
            if (is_new) continue;
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
                return !seen_.owners[each].name.same_package(owner.name);
            });
            if (other != first.end()) {
                found.push_back(
                    {{*other, i, 0, 0}, {Reason::not_told_apart, owner.files->header, "both have what the wheel has"}});
            }
            if (first.empty() || (first.size() == 1 && other != first.end())) first.push_back(i);
        }
    }

    void look_at_other_files() {
        std::set<std::string> names;
        for (const Section* section : spec_.all(SectionKind::files)) {
            for (const std::string& list : package_name(*section).lists) {
                const std::string looked = values_.look(list);
                if (is_strange(looked) && base_name(looked).size() <= longest_name) names.insert(base_name(looked));
            }
        }
        const std::map<std::string, std::uint8_t> made = made_by_scripts(names);
        for (const Section* section : spec_.all(SectionKind::files)) {
            for (std::size_t i = section->begin; i < section->end; ++i) {
                if (spec_.lines()[i].kind != spectext::LineKind::content) continue;
                if (names_python_library(spec_.lines()[i].text, values_)) add(Reason::uses_python_library, i);
            }
            for (const std::string& list : package_name(*section).lists) {
                const std::string looked = values_.look(list);
                if (!is_strange(looked)) continue;
                const auto found = made.find(base_name(looked));
                if (found == made.end() || found->second != in_script) add(Reason::unknown_list, section->header);
            }
        }
    }

    [[nodiscard]] std::map<std::string, std::uint8_t> made_by_scripts(const std::set<std::string>& names) const {
        if (names.empty()) return {};
        WordSearch search(names);
        for (const SectionKind kind : {SectionKind::prep, SectionKind::build, SectionKind::install}) {
            for (const Section* script : spec_.all(kind)) {
                for (std::size_t i = script->begin; i < script->end; ++i) {
                    const std::string text = values_.look(spec_.lines()[i].text);
                    search.look_at(text, speaks_of_python(text) ? beside_python : in_script);
                }
            }
        }
        return search.found();
    }

    [[nodiscard]] std::string text_of_line(std::size_t line) const {
        return std::string(trim(spec_.lines()[line].text));
    }

    const SpecText& spec_;
    const MacroValues& values_;
    const Observation& seen_;
    DeclaredPackages packages_;
    std::vector<Refusal> found_;
};

}  // namespace

std::vector<Refusal> owner_obstacles(const SpecText& spec, const MacroValues& values, const Observation& seen) {
    return Owners(spec, values, seen).look();
}

}  // namespace pystacks::transform
