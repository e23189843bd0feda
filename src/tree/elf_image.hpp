#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <gelf.h>
#include <libelf.h>

namespace pystacks::tree {

inline constexpr std::string_view build_id_section = ".note.gnu.build-id";
inline constexpr std::string_view debug_link_section = ".gnu_debuglink";

struct ElfSection {
    GElf_Shdr header{};
    std::string_view bytes;  ///< empty where the file has none (SHT_NOBITS)
};

/// One file's headers, every range of which is checked to be in the file.
class ElfImage {
public:
    /// @param bytes the whole file, which has to outlive this
    explicit ElfImage(std::string_view bytes);

    /// Whether it is ELF, undamaged, and has sections. Nothing else may be asked of a file that is not.
    [[nodiscard]] bool sound() const noexcept { return sound_; }
    [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }
    /// In the file's order, without the empty one at index 0.
    [[nodiscard]] const std::vector<std::pair<std::string_view, ElfSection>>& sections() const noexcept {
        return sections_;
    }
    [[nodiscard]] const std::vector<GElf_Phdr>& segments() const noexcept { return segments_; }
    [[nodiscard]] const GElf_Ehdr& header() const noexcept { return header_; }
    /// Bytes that the file's header has by its class, whatever it says itself.
    [[nodiscard]] std::uint64_t header_size() const noexcept;

    /// Everything of the file's header but where the section headers are.
    [[nodiscard]] auto identity() const noexcept {
        return std::make_tuple(std::string_view(reinterpret_cast<const char*>(header_.e_ident), EI_NIDENT),  // NOLINT
                               header_.e_type, header_.e_machine, header_.e_version, header_.e_entry, header_.e_phoff,
                               header_.e_flags, header_.e_ehsize, header_.e_phentsize, header_.e_phnum,
                               header_.e_shentsize, header_.e_shnum, header_.e_shstrndx);
    }

    [[nodiscard]] bool holds(const GElf_Phdr& segment) const noexcept {
        return part(segment.p_offset, segment.p_filesz).has_value();
    }
    /// The bytes of @p segment, which the file holds, with zeros for the file's header and the build id.
    [[nodiscard]] std::string masked(const GElf_Phdr& segment) const;

private:
    [[nodiscard]] std::optional<std::string_view> part(std::uint64_t offset, std::uint64_t size) const noexcept;
    bool read_segments();
    bool read_sections();

    struct End {
        void operator()(Elf* elf) const noexcept { ::elf_end(elf); }
    };
    std::string_view bytes_;
    std::unique_ptr<Elf, End> elf_;
    GElf_Ehdr header_{};
    std::vector<GElf_Phdr> segments_;
    std::vector<std::pair<std::string_view, ElfSection>> sections_;
    bool sound_ = false;
};

}  // namespace pystacks::tree
