#include "tree/elf_image.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace pystacks::tree {

ElfImage::ElfImage(std::string_view bytes)
    // libelf takes memory that it may write to, and does not unless it is told to.
    : bytes_(bytes), elf_(::elf_memory(const_cast<char*>(bytes.data()), bytes.size())) {  // NOLINT
    sound_ = elf_ && ::elf_kind(elf_.get()) == ELF_K_ELF && ::gelf_getehdr(elf_.get(), &header_) != nullptr &&
             read_segments() && read_sections() && !sections_.empty();
}

std::uint64_t ElfImage::header_size() const noexcept {
    return header_.e_ident[EI_CLASS] == ELFCLASS64 ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr);
}

std::string ElfImage::masked(const GElf_Phdr& segment) const {
    std::string copy{*part(segment.p_offset, segment.p_filesz)};
    const auto mask = [&](std::uint64_t offset, std::uint64_t size) {
        const std::uint64_t begin = std::max<std::uint64_t>(offset, segment.p_offset);
        const std::uint64_t end = std::min<std::uint64_t>(offset + size, segment.p_offset + segment.p_filesz);
        if (begin < end) std::memset(copy.data() + (begin - segment.p_offset), 0, end - begin);
    };
    mask(0, header_size());
    for (const auto& [name, section] : sections_) {
        if (name == build_id_section) mask(section.header.sh_offset, section.bytes.size());
    }
    return copy;
}

std::optional<std::string_view> ElfImage::part(std::uint64_t offset, std::uint64_t size) const noexcept {
    if (offset > bytes_.size() || size > bytes_.size() - offset) return std::nullopt;
    return bytes_.substr(offset, size);
}

bool ElfImage::read_segments() {
    std::size_t count = 0;
    if (::elf_getphdrnum(elf_.get(), &count) != 0) return false;
    for (std::size_t i = 0; i < count; ++i) {
        GElf_Phdr& segment = segments_.emplace_back();
        if (::gelf_getphdr(elf_.get(), static_cast<int>(i), &segment) == nullptr) return false;
    }
    return true;
}

bool ElfImage::read_sections() {
    std::size_t names = 0;
    if (::elf_getshdrstrndx(elf_.get(), &names) != 0) return false;
    for (Elf_Scn* handle = nullptr; (handle = ::elf_nextscn(elf_.get(), handle)) != nullptr;) {
        ElfSection section;
        if (::gelf_getshdr(handle, &section.header) == nullptr) return false;
        const char* name = ::elf_strptr(elf_.get(), names, section.header.sh_name);
        if (name == nullptr) return false;
        if (section.header.sh_type != SHT_NOBITS) {
            const auto bytes = part(section.header.sh_offset, section.header.sh_size);
            if (!bytes) return false;
            section.bytes = *bytes;
        }
        sections_.emplace_back(name, section);
    }
    return true;
}

}  // namespace pystacks::tree
