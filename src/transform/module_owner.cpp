#include "transform/module_owner.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "spectext/tag.hpp"
#include "transform/declared_packages.hpp"

namespace pystacks::transform {
namespace {

using spectext::LineKind;
using spectext::no_line;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

void add_entries(ModuleOwner& owner, const SpecText& spec, const MacroValues& values, Folders folders) {
    for (std::size_t i = owner.files->begin; i < owner.files->end; ++i) {
        if (spec.lines()[i].kind != LineKind::content) continue;
        if (names_metadata(spec.lines()[i].text, values)) owner.metadata_line = i;
        if (auto excluded = excluded_entry(spec.lines()[i].text, values)) owner.excluded.insert(std::move(*excluded));
        if (!owner.library_line && names_shared_library(spec.lines()[i].text, values)) owner.library_line = i;
        if (std::optional<FileEntry> entry = module_entry(spec.lines()[i].text, values, folders)) {
            if (entry->kind == EntryKind::library) continue;
            entry->line = i;
            owner.entries.push_back(std::move(*entry));
        }
    }
}

}  // namespace

std::string PackageName::option() const {
    if (absolute) return "-n " + text;
    return text.empty() ? std::string() : "-n %{name}-" + text;
}

PackageName package_name(const Section& section) {
    PackageName name;
    const std::vector<std::string> words = split_words(section.options);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool more = i + 1 < words.size();
        if (words[i] == "-n" && more) {
            name.text = words[++i];
            name.absolute = true;
        } else if (words[i] == "-f" && more) {
            name.lists.push_back(words[++i]);
        } else if (words[i].starts_with("-n") && words[i].size() > 2) {
            name.text = words[i].substr(2);
            name.absolute = true;
        } else if (words[i].starts_with("-f") && words[i].size() > 2) {
            name.lists.push_back(words[i].substr(2));
        } else if ((words[i] == "-l" || words[i] == "-p") && more) {
            ++i;
        } else if (!words[i].starts_with('-') && name.text.empty()) {
            name.text = words[i];
        }
    }
    if (name.absolute && name.text == "%{name}") name = {"", false, name.lists};
    return name;
}

bool ModuleOwner::swallows() const {
    return std::any_of(entries.begin(), entries.end(),
                       [](const FileEntry& each) { return each.kind != EntryKind::exact_module; });
}

bool ModuleOwner::names_modules() const {
    return std::any_of(entries.begin(), entries.end(), [](const FileEntry& each) {
        return each.kind == EntryKind::exact_module || each.kind == EntryKind::module_glob;
    });
}

std::string ModuleOwner::glob() const {
    if (pyproject_list) return {};
    std::vector<std::string> globs;
    for (const FileEntry& entry : entries) {
        std::string path = entry.path;
        while (path.ends_with('/')) path.pop_back();
        const bool file = entry.kind == EntryKind::exact_module || entry.kind == EntryKind::module_glob;
        globs.push_back(file ? path : path + "/**");
        if (entry.kind == EntryKind::open_glob) globs.push_back(path);
    }
    return globs.size() == 1 ? globs.front() : "{" + join(globs, ",") + "}";
}

std::size_t tag_line(const SpecText& spec, const Section& section, std::string_view tag) {
    for (std::size_t i = section.begin; i < section.end; ++i) {
        if (spec.lines()[i].kind != LineKind::content) continue;
        const auto found = spectext::tag_of(spec.lines()[i].text);
        if (found && found->is(tag) && found->option.empty()) return i;
    }
    return no_line;
}

std::string_view tag_value(const SpecText& spec, std::size_t line) {
    const auto tag = line == no_line ? std::nullopt : spectext::tag_of(spec.lines()[line].text);
    return tag ? tag->value : std::string_view();
}

std::vector<ModuleOwner> module_owners(const SpecText& spec, const MacroValues& values, Folders folders) {
    std::vector<ModuleOwner> owners;
    const DeclaredPackages packages(spec, values);
    for (const Section* section : spec.all(SectionKind::files)) {
        ModuleOwner owner;
        owner.name = package_name(*section);
        owner.files = section;
        for (const std::string& list : owner.name.lists) {
            owner.pyproject_list |= values.look(list).find("pyproject_files") != std::string::npos;
        }
        add_entries(owner, spec, values, folders);
        if (owner.entries.empty() && !owner.pyproject_list) continue;
        if (!packages.is_noarch(owner.name)) owners.push_back(std::move(owner));
    }
    return owners;
}

}  // namespace pystacks::transform
