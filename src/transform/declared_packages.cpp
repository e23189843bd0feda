#include "transform/declared_packages.hpp"

#include <string_view>

#include "base/text.hpp"
#include "spectext/tag.hpp"

namespace pystacks::transform {
namespace {

using spectext::no_line;
using spectext::Section;
using spectext::SectionKind;
using spectext::SpecText;

/// A package is a file, and no file's name is longer.
constexpr std::size_t longest_name = 255;

}  // namespace

DeclaredPackages::DeclaredPackages(const SpecText& spec, const MacroValues& values)
    : spec_(spec), values_(values), main_("%{name}") {
    const Section& preamble = spec.sections().front();
    const std::size_t line = tag_line(spec, preamble, "name");
    if (line != no_line) main_ = values.look(tag_value(spec, line));
    note(preamble);
    for (const Section* section : spec.all(SectionKind::package)) {
        sections_.emplace(full_name(package_name(*section)), section);
        note(*section);
    }
}

/// A tag in a condition says what may be, not what is.
void DeclaredPackages::note(const Section& section) {
    const std::size_t around = section.header == no_line ? 0 : spec_.lines()[section.header].branch;
    for (std::size_t i = section.begin; i < section.end; ++i) {
        const spectext::Line& line = spec_.lines()[i];
        if (line.kind != spectext::LineKind::content) continue;
        auto tag = spectext::tag_of(line.text);
        const bool sure = tag && line.branch == around;
        if (!tag) tag = spectext::conditional_tag_of(line.text);
        if (!tag || (!tag->is("buildarch") && !tag->is("buildarchitectures"))) continue;
        const std::string value = values_.look(tag->value);
        if (value == "noarch" && sure) {
            noarch_.insert(&section);
        } else if (value.find("noarch") != std::string::npos) {
            perhaps_noarch_.emplace(&section, i);
        }
    }
}

/// As far as the text says it: one package may be written in several ways.
std::string DeclaredPackages::full_name(const PackageName& name) const {
    std::string full = values_.look(name.absolute ? name.text : "%{name}-" + name.text);
    // What is not a name anyway must not grow by being written out.
    if (full.size() > longest_name || main_.size() > longest_name) return full;
    return replace_all(replace_all(full, "%{name}", main_), "%{python3_pkgversion}", "3");
}

const Section* DeclaredPackages::declaration(const PackageName& name) const {
    if (name.text.empty()) return &spec_.sections().front();
    const auto found = sections_.find(full_name(name));
    return found == sections_.end() ? nullptr : found->second;
}

bool DeclaredPackages::is_noarch(const PackageName& name) const { return noarch_.contains(declaration(name)); }

std::size_t DeclaredPackages::perhaps_noarch(const PackageName& name) const {
    if (is_noarch(name)) return no_line;
    const auto found = perhaps_noarch_.find(declaration(name));
    return found == perhaps_noarch_.end() ? no_line : found->second;
}

}  // namespace pystacks::transform
