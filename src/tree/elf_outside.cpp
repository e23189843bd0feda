#include "tree/elf_outside.hpp"

#include <algorithm>
#include <cstddef>

namespace pystacks::tree {
namespace {

/// From begin on, before end.
struct Range {
    std::uint64_t begin = 0, end = 0;
};

/// What is compared elsewhere, sorted.
std::vector<Range> compared_ranges(const ElfImage& image) {
    const GElf_Ehdr& header = image.header();
    const bool wide = header.e_ident[EI_CLASS] == ELFCLASS64;
    std::vector<Range> ranges{{0, image.header_size()}};
    const auto add = [&ranges](std::uint64_t offset, std::uint64_t size) { ranges.push_back({offset, offset + size}); };
    add(header.e_phoff, image.segments().size() * (wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr)));
    // Nobody compares the section header at index 0, which describes no section.
    const std::uint64_t entry = wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
    add(header.e_shoff + entry, image.sections().size() * entry);
    for (const auto& [name, section] : image.sections()) add(section.header.sh_offset, section.bytes.size());
    for (const GElf_Phdr& segment : image.segments()) {
        if (segment.p_type == PT_LOAD && image.holds(segment)) add(segment.p_offset, segment.p_filesz);
    }
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.begin < b.begin; });
    return ranges;
}

/// Zeros that bring the next section to its alignment. Their number depends on the length of the debug link.
bool is_alignment(std::string_view gap) {
    constexpr std::size_t longest = 256;
    return gap.size() < longest && gap.find_first_not_of('\0') == std::string_view::npos;
}

/// The bytes between what is compared, except for alignment; the last are those behind the end, which may be none.
std::vector<std::string_view> gaps(const ElfImage& image) {
    const std::string_view bytes = image.bytes();
    std::vector<std::string_view> result;
    std::uint64_t end = 0;
    for (const Range& range : compared_ranges(image)) {
        const std::uint64_t begin = std::min<std::uint64_t>(range.begin, bytes.size());
        if (begin > end && !is_alignment(bytes.substr(end, begin - end)))
            result.push_back(bytes.substr(end, begin - end));
        end = std::max(end, std::min<std::uint64_t>(range.end, bytes.size()));
    }
    result.push_back(bytes.substr(end));
    return result;
}

constexpr std::size_t word = 4;

/// The word at @p index of a file of @p order (ELFDATA2LSB, ELFDATA2MSB).
std::uint32_t word_at(std::string_view bytes, std::size_t index, unsigned char order) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < word; ++i) {
        const std::size_t significance = order == ELFDATA2MSB ? i : word - 1 - i;
        value = value << 8U | static_cast<unsigned char>(bytes[index * word + significance]);
    }
    return value;
}

/// One note with an identifier of usual length, and nothing else.
bool is_build_id(const ElfSection& section, unsigned char order) {
    constexpr std::string_view owner("GNU\0", word);
    constexpr std::size_t head = sizeof(Elf64_Nhdr);  // 32-bit files have the same
    constexpr std::size_t longest = 64;
    const std::string_view bytes = section.bytes;
    if (section.header.sh_type != SHT_NOTE || bytes.size() < head + owner.size()) return false;
    const std::size_t length = word_at(bytes, 1, order);
    return word_at(bytes, 0, order) == owner.size() && word_at(bytes, 2, order) == NT_GNU_BUILD_ID &&
           length <= longest && bytes.substr(head, owner.size()) == owner &&
           bytes.size() == head + owner.size() + (length + word - 1) / word * word;
}

/// A file's name, zeros up to a multiple of four, a checksum of four bytes, and nothing else.
bool is_debug_link(const ElfSection& section) {
    constexpr std::size_t longest_name = 255;
    const std::string_view bytes = section.bytes;
    const std::size_t name = std::min(bytes.find('\0'), bytes.size());
    if (name == 0 || name > longest_name) return false;
    const std::size_t padded = (name / word + 1) * word;
    return bytes.size() == padded + word &&
           bytes.substr(name, padded - name).find_first_not_of('\0') == std::string_view::npos;
}

bool are_identifiers(const ElfImage& image) {
    const unsigned char order = image.header().e_ident[EI_DATA];
    return std::all_of(image.sections().begin(), image.sections().end(), [order](const auto& each) {
        if (each.first == build_id_section) return is_build_id(each.second, order);
        return each.first != debug_link_section || is_debug_link(each.second);
    });
}

}  // namespace

bool same_outside(const ElfImage& a, const ElfImage& b) {
    return gaps(a) == gaps(b) && are_identifiers(a) && are_identifiers(b);
}

}  // namespace pystacks::tree
