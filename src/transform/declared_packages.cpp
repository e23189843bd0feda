#include "transform/declared_packages.hpp"

#include <string_view>

#include "base/text.hpp"

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
    if (line != no_line) {
        const std::string_view text = spec.lines()[line].text;
        main_ = values.look(trim(text.substr(text.find(':') + 1)));
    }
    note(preamble);
    for (const Section* section : spec.all(SectionKind::package)) {
        sections_.emplace(full_name(package_name(*section)), section);
        note(*section);
    }
}

void DeclaredPackages::note(const Section& section) {
    for (const std::string_view tag : {"buildarch", "buildarchitectures"}) {
        const std::size_t line = tag_line(spec_, section, tag);
        if (line != no_line && spec_.lines()[line].text.find("noarch") != std::string_view::npos)
            noarch_.insert(&section);
    }
}

/// As far as the text says it: one package may be written in several ways.
std::string DeclaredPackages::full_name(const PackageName& name) const {
    std::string full = values_.look(name.absolute ? name.text : "%{name}-" + name.text);
    // What is no name anyway must not grow by being written out.
    if (full.size() > longest_name || main_.size() > longest_name) return full;
    return replace_all(replace_all(full, "%{name}", main_), "%{python3_pkgversion}", "3");
}

const Section* DeclaredPackages::declaration(const PackageName& name) const {
    if (name.text.empty()) return &spec_.sections().front();
    const auto found = sections_.find(full_name(name));
    return found == sections_.end() ? nullptr : found->second;
}

bool DeclaredPackages::is_noarch(const PackageName& name) const { return noarch_.contains(declaration(name)); }

}  // namespace pystacks::transform
