#include "tree/elf_code.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

#include <gelf.h>
#include <libelf.h>

namespace pystacks::tree {
namespace {

constexpr std::string_view build_id = ".note.gnu.build-id";
constexpr std::string_view debug_link = ".gnu_debuglink";

struct ElfEnd {
    void operator()(Elf* elf) const noexcept { ::elf_end(elf); }
};

struct Section {
    GElf_Shdr header{};
    std::string_view bytes;  ///< empty where the file has none (SHT_NOBITS)
};

/// One file's headers, every range of which is checked to lie in the file.
class Image {
public:
    explicit Image(std::string_view bytes)
        // libelf takes memory that it may write to, and does not unless it is told to.
        : bytes_(bytes), elf_(::elf_memory(const_cast<char*>(bytes.data()), bytes.size())) {  // NOLINT
        sound_ = elf_ && ::elf_kind(elf_.get()) == ELF_K_ELF && ::gelf_getehdr(elf_.get(), &header_) != nullptr &&
                 read_segments() && read_sections() && !sections_.empty();
    }

    [[nodiscard]] bool sound() const noexcept { return sound_; }
    [[nodiscard]] const std::vector<std::pair<std::string_view, Section>>& sections() const noexcept {
        return sections_;
    }
    [[nodiscard]] const std::vector<GElf_Phdr>& segments() const noexcept { return segments_; }

    /// Everything of the file's header but where the section headers lie.
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
    [[nodiscard]] std::string masked(const GElf_Phdr& segment) const {
        std::string copy{*part(segment.p_offset, segment.p_filesz)};
        const auto mask = [&](std::uint64_t offset, std::uint64_t size) {
            const std::uint64_t begin = std::max<std::uint64_t>(offset, segment.p_offset);
            const std::uint64_t end = std::min<std::uint64_t>(offset + size, segment.p_offset + segment.p_filesz);
            if (begin < end) std::memset(copy.data() + (begin - segment.p_offset), 0, end - begin);
        };
        mask(0, header_.e_ehsize);
        for (const auto& [name, section] : sections_) {
            if (name == build_id) mask(section.header.sh_offset, section.bytes.size());
        }
        return copy;
    }

private:
    [[nodiscard]] std::optional<std::string_view> part(std::uint64_t offset, std::uint64_t size) const noexcept {
        if (offset > bytes_.size() || size > bytes_.size() - offset) return std::nullopt;
        return bytes_.substr(offset, size);
    }

    bool read_segments() {
        std::size_t count = 0;
        if (::elf_getphdrnum(elf_.get(), &count) != 0) return false;
        for (std::size_t i = 0; i < count; ++i) {
            GElf_Phdr& segment = segments_.emplace_back();
            if (::gelf_getphdr(elf_.get(), static_cast<int>(i), &segment) == nullptr) return false;
        }
        return true;
    }

    bool read_sections() {
        std::size_t names = 0;
        if (::elf_getshdrstrndx(elf_.get(), &names) != 0) return false;
        for (Elf_Scn* handle = nullptr; (handle = ::elf_nextscn(elf_.get(), handle)) != nullptr;) {
            Section section;
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

    std::string_view bytes_;
    std::unique_ptr<Elf, ElfEnd> elf_;
    GElf_Ehdr header_{};
    std::vector<GElf_Phdr> segments_;
    std::vector<std::pair<std::string_view, Section>> sections_;
    bool sound_ = false;
};

bool may_differ(std::string_view name) noexcept { return name == build_id || name == debug_link; }

/// A section's header but for its place, and for the size of what may differ.
auto shape(std::string_view name, const Section& section) noexcept {
    const GElf_Shdr& header = section.header;
    const bool loaded = (header.sh_flags & SHF_ALLOC) != 0;
    return std::make_tuple(header.sh_name, header.sh_type, header.sh_flags, header.sh_addr,
                           loaded ? header.sh_offset : 0, name == debug_link ? 0 : header.sh_size, header.sh_link,
                           header.sh_info, header.sh_addralign, header.sh_entsize);
}

bool same_sections(const Image& a, const Image& b) {
    if (a.sections().size() != b.sections().size()) return false;
    for (std::size_t i = 0; i < a.sections().size(); ++i) {
        const auto& [name, section] = a.sections()[i];
        const auto& [other_name, other] = b.sections()[i];
        if (name != other_name || shape(name, section) != shape(name, other)) return false;
        if (!may_differ(name) && section.bytes != other.bytes) return false;
    }
    return true;
}

bool same_segments(const Image& a, const Image& b) {
    if (a.segments().size() != b.segments().size()) return false;
    for (std::size_t i = 0; i < a.segments().size(); ++i) {
        const GElf_Phdr& segment = a.segments()[i];
        if (std::memcmp(&segment, &b.segments()[i], sizeof segment) != 0) return false;
        // A file of separate debug information has program headers, and not what they speak of.
        const bool loaded = segment.p_type == PT_LOAD;
        if (loaded && a.holds(segment) != b.holds(segment)) return false;
        if (loaded && a.holds(segment) && a.masked(segment) != b.masked(segment)) return false;
    }
    return true;
}

std::vector<std::string> differing_sections(const Image& a, const Image& b) {
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
    const Image image_a(a);
    const Image image_b(b);
    ElfSections result;
    if (!image_a.sound() || !image_b.sound()) return result;
    result.same_code =
        image_a.identity() == image_b.identity() && same_segments(image_a, image_b) && same_sections(image_a, image_b);
    result.differ = differing_sections(image_a, image_b);
    return result;
}

}  // namespace pystacks::tree
