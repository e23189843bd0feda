#include "tree/elf.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <mutex>
#include <string_view>

#include <elf.h>
#include <elfutils/libdwelf.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <gelf.h>
#include <libelf.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/file.hpp"

namespace pystacks::tree {
namespace {

bool is_visible(const GElf_Sym& symbol) {
    const auto visibility = GELF_ST_VISIBILITY(symbol.st_other);
    return GELF_ST_BIND(symbol.st_info) != STB_LOCAL && (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

struct ElfEnd {
    void operator()(Elf* elf) const noexcept { ::elf_end(elf); }
};
using ElfHandle = std::unique_ptr<Elf, ElfEnd>;

class ElfReader {
public:
    ElfReader(const std::filesystem::path& path, int fd, std::uint64_t file_size)
        : path_(path), file_size_(file_size), elf_(::elf_begin(fd, ELF_C_READ, nullptr)) {
        if (!elf_ || ::elf_kind(elf_.get()) != ELF_K_ELF || ::gelf_getehdr(elf_.get(), &header_) == nullptr) {
            corrupt("its ELF header is damaged or truncated");
        }
    }

    ElfInfo read() {
        ElfInfo info;
        info.type = header_.e_type;
        info.machine = header_.e_machine;
        info.bits = header_.e_ident[EI_CLASS] == ELFCLASS64 ? 64 : 32;
        check_tables();
        read_segments(info);
        read_sections(info);
        read_build_id(info);
        return info;
    }

private:
    [[noreturn]] void corrupt(const std::string& reason) const {
        throw Error("cannot read ELF", path_.string(), reason, "the file was not written to its end, or was damaged");
    }

    /// libelf treats data after the end of the file as absent. A truncated file must not pass as an empty one.
    void check_range(std::string_view what, std::uint64_t offset, std::uint64_t size) const {
        if (offset > file_size_ || size > file_size_ - offset) {
            corrupt(fmt::format("{} ends at byte {} of {}", what, offset + size, file_size_));
        }
    }

    void check_tables() {
        // libelf counts a table that does not fit as empty, so the header's own count is checked first.
        if (header_.e_phoff != 0 && header_.e_phnum != PN_XNUM) {
            check_range("its program header table", header_.e_phoff,
                        std::uint64_t{header_.e_phnum} * header_.e_phentsize);
        }
        if (header_.e_shoff != 0) {
            // Zero stands for a count that is in the first section header.
            const std::uint64_t count = std::max<std::uint64_t>(header_.e_shnum, 1);
            check_range("its section header table", header_.e_shoff, count * header_.e_shentsize);
            if (::elf_getshdrnum(elf_.get(), &sections_) != 0) corrupt("its sections cannot be counted");
            if (::elf_getshdrstrndx(elf_.get(), &names_) != 0) corrupt("it has no names of sections");
        }
        if (::elf_getphdrnum(elf_.get(), &segments_) != 0) corrupt("its program headers cannot be counted");
    }

    void read_segments(ElfInfo& info) {
        for (std::size_t i = 0; i < segments_; ++i) {
            GElf_Phdr segment;
            if (::gelf_getphdr(elf_.get(), static_cast<int>(i), &segment) == nullptr) {
                corrupt(fmt::format("its program header {} cannot be read", i));
            }
            if (segment.p_type == PT_GNU_RELRO) info.relro = true;
            if (segment.p_type == PT_GNU_STACK) info.exec_stack = (segment.p_flags & PF_X) != 0;
            // A file of separate debug information has sections, and program headers of what was taken away.
            if (sections_ == 0 && segment.p_type == PT_LOAD) {
                check_range(fmt::format("segment {}", i), segment.p_offset, segment.p_filesz);
            }
            if (sections_ == 0 && segment.p_type == PT_DYNAMIC) read_dynamic_segment(segment, info);
        }
    }

    void read_sections(ElfInfo& info) {
        for (std::size_t i = 1; i < sections_; ++i) {
            GElf_Shdr section;
            Elf_Scn* handle = ::elf_getscn(elf_.get(), i);
            if (handle == nullptr || ::gelf_getshdr(handle, &section) == nullptr) {
                corrupt(fmt::format("its section header {} cannot be read", i));
            }
            if (section.sh_type == SHT_NOBITS || section.sh_type == SHT_NULL) continue;
            const char* found = ::elf_strptr(elf_.get(), names_, section.sh_name);
            if (found == nullptr) corrupt(fmt::format("section {} has no name", i));
            const std::string_view name = found;
            check_range(fmt::format("section {}", name), section.sh_offset, section.sh_size);
            if (section.sh_type == SHT_SYMTAB) info.has_symbols = true;
            if (name == ".debug_info" || name == ".zdebug_info") info.has_dwarf = true;
            if (name == ".gnu_debuglink") read_debuglink(handle, info);
            if (section.sh_type == SHT_DYNSYM) read_symbols(handle, section, info);
            if (section.sh_type == SHT_DYNAMIC) {
                Elf_Data* data = ::elf_getdata(handle, nullptr);
                const std::size_t strings = section.sh_link;
                read_dynamic(data, info,
                             [this, strings](std::size_t offset) { return ::elf_strptr(elf_.get(), strings, offset); });
            }
        }
    }

    void read_symbols(Elf_Scn* handle, const GElf_Shdr& section, ElfInfo& info) {
        Elf_Data* data = ::elf_getdata(handle, nullptr);
        const std::size_t symbol_size = ::gelf_fsize(elf_.get(), ELF_T_SYM, 1, EV_CURRENT);
        if (data == nullptr) corrupt("its dynamic symbols cannot be read");
        for (std::size_t i = 0; i < data->d_size / symbol_size; ++i) {
            GElf_Sym symbol;
            if (::gelf_getsym(data, static_cast<int>(i), &symbol) == nullptr)
                corrupt("its dynamic symbols are damaged");
            if (symbol.st_name == 0) continue;
            const char* name = ::elf_strptr(elf_.get(), section.sh_link, symbol.st_name);
            if (name == nullptr) corrupt("a dynamic symbol has no name");
            if (symbol.st_shndx == SHN_UNDEF) {
                info.imports.emplace_back(name);
            } else if (is_visible(symbol)) {
                info.exports.emplace_back(name);
            }
        }
    }

    void read_debuglink(Elf_Scn* handle, ElfInfo& info) {
        const Elf_Data* data = ::elf_rawdata(handle, nullptr);
        if (data == nullptr || data->d_buf == nullptr) corrupt("its .gnu_debuglink is empty");
        const char* text = static_cast<const char*>(data->d_buf);
        info.debuglink.assign(text, ::strnlen(text, data->d_size));
    }

    /// Without section headers the strings are found as the dynamic linker finds them: by address.
    void read_dynamic_segment(const GElf_Phdr& segment, ElfInfo& info) {
        check_range("its dynamic segment", segment.p_offset, segment.p_filesz);
        Elf_Data* data = ::elf_getdata_rawchunk(elf_.get(), static_cast<std::int64_t>(segment.p_offset),
                                                segment.p_filesz, ELF_T_DYN);
        std::uint64_t address = 0;
        std::uint64_t size = 0;
        for_each_dynamic(data, [&](const GElf_Dyn& item) {
            if (item.d_tag == DT_STRTAB) address = item.d_un.d_ptr;
            if (item.d_tag == DT_STRSZ) size = item.d_un.d_val;
        });
        const std::uint64_t offset = file_offset(address);
        check_range("its dynamic string table", offset, size);
        const Elf_Data* strings =
            ::elf_getdata_rawchunk(elf_.get(), static_cast<std::int64_t>(offset), size, ELF_T_BYTE);
        read_dynamic(data, info, [strings](std::size_t at) -> const char* {
            if (strings == nullptr || at >= strings->d_size) return nullptr;
            const char* text = static_cast<const char*>(strings->d_buf) + at;
            return std::memchr(text, '\0', strings->d_size - at) == nullptr ? nullptr : text;
        });
    }

    std::uint64_t file_offset(std::uint64_t address) const {
        for (std::size_t i = 0; i < segments_; ++i) {
            GElf_Phdr segment;
            if (::gelf_getphdr(elf_.get(), static_cast<int>(i), &segment) == nullptr) break;
            if (segment.p_type == PT_LOAD && address >= segment.p_vaddr &&
                address - segment.p_vaddr < segment.p_filesz) {
                return address - segment.p_vaddr + segment.p_offset;
            }
        }
        corrupt("its dynamic string table is in no segment");
    }

    template <typename Visit>
    void for_each_dynamic(Elf_Data* data, Visit visit) const {
        if (data == nullptr) corrupt("its dynamic section cannot be read");
        const std::size_t item_size = ::gelf_fsize(elf_.get(), ELF_T_DYN, 1, EV_CURRENT);
        for (std::size_t i = 0; i < data->d_size / item_size; ++i) {
            GElf_Dyn item;
            if (::gelf_getdyn(data, static_cast<int>(i), &item) == nullptr) corrupt("its dynamic section is damaged");
            if (item.d_tag == DT_NULL) return;
            visit(item);
        }
    }

    template <typename StringAt>
    void read_dynamic(Elf_Data* data, ElfInfo& info, StringAt string_at) const {
        auto text = [&](const GElf_Dyn& item) -> std::string {
            const char* found = string_at(item.d_un.d_val);
            if (found == nullptr) corrupt("its dynamic section names a string that is not there");
            return found;
        };
        for_each_dynamic(data, [&](const GElf_Dyn& item) {
            switch (item.d_tag) {
                case DT_SONAME:
                    info.soname = text(item);
                    break;
                case DT_NEEDED:
                    info.needed.push_back(text(item));
                    break;
                case DT_RPATH:
                    info.has_rpath = true;
                    info.rpath = text(item);
                    break;
                case DT_RUNPATH:
                    info.has_runpath = true;
                    info.runpath = text(item);
                    break;
                case DT_TEXTREL:
                    info.textrel = true;
                    break;
                case DT_BIND_NOW:
                    info.bind_now = true;
                    break;
                case DT_FLAGS:
                    info.textrel = info.textrel || (item.d_un.d_val & DF_TEXTREL) != 0;
                    info.bind_now = info.bind_now || (item.d_un.d_val & DF_BIND_NOW) != 0;
                    break;
                case DT_FLAGS_1:
                    info.bind_now = info.bind_now || (item.d_un.d_val & DF_1_NOW) != 0;
                    break;
                default:
                    break;
            }
        });
    }

    void read_build_id(ElfInfo& info) {
        const void* bytes = nullptr;
        const ssize_t size = ::dwelf_elf_gnu_build_id(elf_.get(), &bytes);
        if (size < 0) corrupt("its build id cannot be read");
        for (ssize_t i = 0; i < size; ++i) {
            info.build_id += fmt::format("{:02x}", static_cast<const unsigned char*>(bytes)[i]);
        }
    }

    const std::filesystem::path& path_;
    std::uint64_t file_size_;
    ElfHandle elf_;
    GElf_Ehdr header_{};
    std::size_t segments_ = 0;
    std::size_t sections_ = 0;
    std::size_t names_ = 0;
};

}  // namespace

std::optional<ElfInfo> read_elf(const std::filesystem::path& path) {
    const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    struct stat status {};
    if (!fd || ::fstat(fd.get(), &status) != 0) throw system_error(errno, "cannot read ELF", path.string());
    if (!S_ISREG(status.st_mode)) return std::nullopt;  // a FIFO that a package has put there, for example
    char magic[SELFMAG] = {};
    const ssize_t got = ::pread(fd.get(), magic, sizeof magic, 0);
    if (got < 0) throw system_error(errno, "cannot read ELF", path.string());
    if (got < SELFMAG || std::memcmp(magic, ELFMAG, SELFMAG) != 0) return std::nullopt;

    static std::once_flag version_once;
    std::call_once(version_once, [] { ::elf_version(EV_CURRENT); });
    return ElfReader(path, fd.get(), static_cast<std::uint64_t>(status.st_size)).read();
}

}  // namespace pystacks::tree
