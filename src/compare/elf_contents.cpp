#include "compare/elf_contents.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "tree/elf.hpp"
#include "tree/elf_code.hpp"

namespace pystacks::compare {
namespace {

constexpr std::size_t most_sections_named = 4;

std::string yes_no(bool value) { return value ? "yes" : "no"; }

std::string debug_information(const tree::ElfInfo& info) {
    if (info.has_dwarf) return "DWARF";
    return info.has_symbols ? "symbol table" : "stripped";
}

std::vector<Property> metadata(const tree::ElfInfo& a, const tree::ElfInfo& b) {
    std::vector<Property> result;
    const auto add = [&result](const char* name, std::string in_a, std::string in_b) {
        if (in_a != in_b) result.push_back({name, std::move(in_a), std::move(in_b)});
    };
    const auto kind = [](const tree::ElfInfo& info) {
        return fmt::format("{} bit, machine {}, type {}", info.bits, info.machine, info.type);
    };
    add("kind", kind(a), kind(b));
    add("soname", a.soname, b.soname);
    add("needed libraries", join(a.needed, ", "), join(b.needed, ", "));
    add("run path", a.rpath + a.runpath, b.rpath + b.runpath);
    add("text relocations", yes_no(a.textrel), yes_no(b.textrel));
    add("executable stack", yes_no(a.exec_stack), yes_no(b.exec_stack));
    add("debug information", debug_information(a), debug_information(b));
    add("debug link", a.debuglink, b.debuglink);
    add("build id", a.build_id, b.build_id);
    return result;
}

/// What runs and what it reads is named before tables and debug information.
std::string section_list(std::vector<std::string> sections) {
    if (sections.empty()) return "no section";
    const auto is_content = [](const std::string& name) {
        return name == ".text" || name.starts_with(".rodata") || name.starts_with(".data");
    };
    std::stable_partition(sections.begin(), sections.end(), is_content);
    const std::size_t shown = std::min(sections.size(), most_sections_named);
    std::string text = join(std::span(sections).first(shown), ", ");
    if (shown < sections.size()) text += fmt::format(" and {} more", sections.size() - shown);
    return text;
}

/// For files that differ in more than their identifiers.
std::string what_differs(const tree::ElfSections& sections, std::size_t size_a, std::size_t size_b) {
    if (!sections.same_code) return sections.differ.empty() ? "headers or padding" : section_list(sections.differ);
    if (size_a == size_b) return "bytes outside of the sections";
    return fmt::format("bytes outside of the sections, {} more in {}",
                       std::max(size_a, size_b) - std::min(size_a, size_b), size_a > size_b ? "A" : "B");
}

}  // namespace

ContentFinding compare_elf(std::string_view a, std::string_view b, const std::filesystem::path& file_a,
                           const std::filesystem::path& file_b) {
    ContentFinding finding;
    try {
        const auto info_a = tree::read_elf(file_a);
        const auto info_b = tree::read_elf(file_b);
        if (info_a && info_b) finding.metadata = metadata(*info_a, *info_b);
    } catch (const Error& error) {
        finding.details = error.reason();
        return finding;
    }
    const tree::ElfSections sections = tree::compare_sections(a, b);
    if (sections.only_identifiers) {
        finding.verdict = PairVerdict::same_code;
        std::vector<std::string> names;
        for (const Property& property : finding.metadata) names.push_back(property.name);
        finding.details = names.empty() ? "checksum of the debug link" : join(names, " and ");
        return finding;
    }
    finding.details = "ELF: " + what_differs(sections, a.size(), b.size());
    for (const Property& property : finding.metadata) {
        if (property.name != "build id" && property.name != "debug link") finding.details += "; other " + property.name;
    }
    if (!sections.differ.empty()) {
        finding.metadata.push_back({"sections that differ", join(sections.differ, ", "), {}});
    }
    return finding;
}

}  // namespace pystacks::compare
