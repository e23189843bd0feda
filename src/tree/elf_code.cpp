#include "tree/elf_code.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <tuple>

#include "tree/elf_image.hpp"
#include "tree/elf_outside.hpp"

namespace pystacks::tree {
namespace {

bool may_differ(std::string_view name) noexcept { return name == build_id_section || name == debug_link_section; }

/// A section's header, except for its offset, and for the sizes that may differ.
auto shape(std::string_view name, const ElfSection& section) noexcept {
    const GElf_Shdr& header = section.header;
    const bool loaded = (header.sh_flags & SHF_ALLOC) != 0;
    return std::make_tuple(header.sh_name, header.sh_type, header.sh_flags, header.sh_addr,
                           loaded ? header.sh_offset : 0, name == debug_link_section ? 0 : header.sh_size,
                           header.sh_link, header.sh_info, header.sh_addralign, header.sh_entsize);
}

bool same_sections(const ElfImage& a, const ElfImage& b) {
    if (a.sections().size() != b.sections().size()) return false;
    for (std::size_t i = 0; i < a.sections().size(); ++i) {
        const auto& [name, section] = a.sections()[i];
        const auto& [other_name, other] = b.sections()[i];
        if (name != other_name || shape(name, section) != shape(name, other)) return false;
        if (!may_differ(name) && section.bytes != other.bytes) return false;
    }
    return true;
}

bool same_segments(const ElfImage& a, const ElfImage& b) {
    if (a.segments().size() != b.segments().size()) return false;
    for (std::size_t i = 0; i < a.segments().size(); ++i) {
        const GElf_Phdr& segment = a.segments()[i];
        if (std::memcmp(&segment, &b.segments()[i], sizeof segment) != 0) return false;
        // A file of separate debug information has program headers, but not the contents that they describe.
        const bool loaded = segment.p_type == PT_LOAD;
        if (loaded && a.holds(segment) != b.holds(segment)) return false;
        if (loaded && a.holds(segment) && a.masked(segment) != b.masked(segment)) return false;
    }
    return true;
}

std::vector<std::string> differing_sections(const ElfImage& a, const ElfImage& b) {
    std::multimap<std::string_view, std::string_view> left;
    for (const auto& [name, section] : b.sections()) left.emplace(name, section.bytes);
    std::vector<std::string> names;
    const auto add = [&names](std::string_view name) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
    };
    for (const auto& [name, section] : a.sections()) {
        const auto found = left.find(name);
        if (found == left.end() || found->second != section.bytes) add(name);
        if (found != left.end()) left.erase(found);
    }
    for (const auto& [name, bytes] : left) add(name);
    return names;
}

}  // namespace

ElfSections compare_sections(std::string_view a, std::string_view b) {
    ::elf_version(EV_CURRENT);
    const ElfImage image_a(a);
    const ElfImage image_b(b);
    ElfSections result;
    if (!image_a.sound() || !image_b.sound()) return result;
    result.same_code =
        image_a.identity() == image_b.identity() && same_segments(image_a, image_b) && same_sections(image_a, image_b);
    result.only_identifiers = result.same_code && same_outside(image_a, image_b);
    result.differ = differing_sections(image_a, image_b);
    return result;
}

}  // namespace pystacks::tree
