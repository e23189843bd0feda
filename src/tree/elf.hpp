#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace pystacks::tree {

/// What an ELF file says about itself.
struct ElfInfo {
    std::uint16_t type = 0;            ///< ET_REL, ET_EXEC, ET_DYN …
    std::uint16_t machine = 0;         ///< EM_X86_64 …
    unsigned bits = 0;                 ///< 32 or 64
    std::string soname;                ///< DT_SONAME
    std::vector<std::string> needed;   ///< DT_NEEDED, in the file's order
    std::vector<std::string> imports;  ///< undefined dynamic symbols
    std::vector<std::string> exports;  ///< defined dynamic symbols that others can see
    std::string rpath, runpath;        ///< DT_RPATH, DT_RUNPATH
    std::string build_id;              ///< hexadecimal
    std::string debuglink;             ///< file name in .gnu_debuglink
    bool has_rpath = false, has_runpath = false;
    bool relro = false;        ///< PT_GNU_RELRO
    bool bind_now = false;     ///< DT_BIND_NOW, DF_BIND_NOW or DF_1_NOW
    bool textrel = false;      ///< DT_TEXTREL or DF_TEXTREL
    bool exec_stack = false;   ///< PT_GNU_STACK with PF_X; a missing PT_GNU_STACK does not count
    bool has_symbols = false;  ///< a .symtab: not stripped
    bool has_dwarf = false;    ///< a .debug_info, compressed or not
};

/// Reads @p path with libelf, never by running a tool. Nothing when the file is not ELF (of any size, even empty).
/// @throws Error when it cannot be read, or begins as ELF but is truncated or corrupt. Thread-safe.
[[nodiscard]] std::optional<ElfInfo> read_elf(const std::filesystem::path& path);

}  // namespace pystacks::tree
