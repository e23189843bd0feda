#include <algorithm>

#include "base/text.hpp"
#include "transform/obstacles.hpp"

namespace pystacks::transform {
namespace {

using spectext::no_line;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

/// The part of an entry's place before its first pattern.
std::string fixed_part(const FileEntry& entry) { return entry.rest.substr(0, entry.rest.find_first_of("*?[")); }

bool is_below(std::string path, std::string folder) {
    if (!path.ends_with('/')) path += '/';
    if (!folder.ends_with('/')) folder += '/';
    return path.starts_with(folder);
}

bool overlap(const FileEntry& a, const FileEntry& b) {
    const std::string one = fixed_part(a), other = fixed_part(b);
    if (a.kind == EntryKind::exact_module && b.kind == EntryKind::exact_module) return a.rest == b.rest;
    const bool patterns = one != a.rest || other != b.rest;
    if (patterns) return one.starts_with(other) || other.starts_with(one);
    // "lib" is not in the way of "library", but of "lib/rary".
    return is_below(one, other) || is_below(other, one);
}

class Owners {
public:
    Owners(const SpecText& spec, const MacroValues& values, const Observation& seen)
        : spec_(spec), values_(values), seen_(seen) {}

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
        if (detail.empty()) detail = trim(spec_.lines()[line].text);
        found_.push_back({reason, line, std::move(detail)});
    }

    void look_at(const ModuleOwner& owner) {
        const Section* section = declaration(spec_, owner.name, values_);
        if (section == nullptr) {
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

    void look_at_several() {
        for (auto a = seen_.owners.begin(); a != seen_.owners.end(); ++a) {
            const bool sure = a->names_modules() || a->pyproject_list || a->metadata_line;
            if (!sure) add(Reason::not_told_apart, a->files->header, "it cannot be told whether it has modules at all");
            for (auto b = std::next(a); b != seen_.owners.end(); ++b) look_at_pair(*a, *b);
        }
    }

    void look_at_pair(const ModuleOwner& a, const ModuleOwner& b) {
        if (a.name.same_package(b.name)) return add(Reason::section_twice, b.files->header);
        if (a.pyproject_list && b.pyproject_list)
            add(Reason::not_told_apart, b.files->header, "both have what the wheel has");
        for (const FileEntry& one : a.entries) {
            for (const FileEntry& other : b.entries) {
                if (overlap(one, other)) add(Reason::not_told_apart, other.line);
            }
        }
    }

    void look_at_other_files() {
        for (const Section* section : spec_.all(SectionKind::files)) {
            for (std::size_t i = section->begin; i < section->end; ++i) {
                if (spec_.lines()[i].kind != spectext::LineKind::content) continue;
                if (names_python_library(spec_.lines()[i].text, values_)) add(Reason::uses_python_library, i);
            }
            for (const std::string& list : package_name(*section).lists) look_at_list(*section, values_.look(list));
        }
    }

    void look_at_list(const Section& section, const std::string& list) {
        if (list.find("pyproject_files") != std::string::npos || list.find("ghost_distinfo") != std::string::npos ||
            list.ends_with(".lang"))
            return;
        std::string name = list.substr(list.rfind('/') + 1);
        bool made = false, python = false;
        for (const SectionKind kind : {SectionKind::prep, SectionKind::build, SectionKind::install}) {
            for (const Section* script : spec_.all(kind)) {
                for (std::size_t i = script->begin; i < script->end; ++i) {
                    const std::string text = values_.look(spec_.lines()[i].text);
                    if (text.find(name) == std::string::npos) continue;
                    made = true;
                    python |= text.find("python") != std::string::npos || text.find("site") != std::string::npos ||
                              text.find(".so") != std::string::npos || text.find("buildroot}") != std::string::npos;
                }
            }
        }
        if (!made || python) add(Reason::unknown_list, section.header);
    }

    const SpecText& spec_;
    const MacroValues& values_;
    const Observation& seen_;
    std::vector<Refusal> found_;
};

}  // namespace

std::vector<Refusal> owner_obstacles(const SpecText& spec, const MacroValues& values, const Observation& seen) {
    return Owners(spec, values, seen).look();
}

}  // namespace pystacks::transform
