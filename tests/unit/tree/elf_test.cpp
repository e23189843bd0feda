#include "tree/elf.hpp"

#include <cstring>

#include <dlfcn.h>
#include <elf.h>
#include <libelf.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "files.hpp"

using namespace pystacks;
using namespace pystacks::tree;

namespace {

template <typename Struct>
void put(std::string& bytes, std::size_t offset, const Struct& value) {
    if (bytes.size() < offset + sizeof value) bytes.resize(offset + sizeof value);
    std::memcpy(bytes.data() + offset, &value, sizeof value);
}

/// A shared library of headers alone, without sections, as the most thorough strippers leave it.
std::string tiny_library(unsigned stack_flags) {
    const char strings[] = "\0libtiny.so.1\0libneeded.so.2\0/opt/lib";
    constexpr std::size_t dynamic_offset = 0x200;
    constexpr std::size_t strings_offset = 0x400;
    constexpr std::uint64_t base = 0x10000;
    const Elf64_Dyn dynamic[] = {{DT_SONAME, {1}},
                                 {DT_NEEDED, {14}},
                                 {DT_RUNPATH, {29}},
                                 {DT_TEXTREL, {0}},
                                 {DT_STRTAB, {base + strings_offset}},
                                 {DT_STRSZ, {sizeof strings}},
                                 {DT_NULL, {0}}};
    std::string bytes;
    Elf64_Ehdr header{};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_ident[EI_VERSION] = EV_CURRENT;
    header.e_type = ET_DYN;
    header.e_machine = EM_X86_64;
    header.e_version = EV_CURRENT;
    header.e_phoff = sizeof header;
    header.e_ehsize = sizeof header;
    header.e_phentsize = sizeof(Elf64_Phdr);
    header.e_phnum = 3;
    put(bytes, 0, header);

    Elf64_Phdr segment{};
    segment.p_type = PT_LOAD;
    segment.p_vaddr = base;
    segment.p_filesz = segment.p_memsz = strings_offset + sizeof strings;
    put(bytes, sizeof header, segment);
    segment.p_type = PT_DYNAMIC;
    segment.p_offset = dynamic_offset;
    segment.p_vaddr = base + dynamic_offset;
    segment.p_filesz = segment.p_memsz = sizeof dynamic;
    put(bytes, sizeof header + sizeof segment, segment);
    segment = {};
    segment.p_type = PT_GNU_STACK;
    segment.p_flags = stack_flags;
    put(bytes, sizeof header + 2 * sizeof segment, segment);
    put(bytes, dynamic_offset, dynamic);
    put(bytes, strings_offset, strings);
    return bytes;
}

struct Fixture {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-elf"};

    std::optional<ElfInfo> read(std::string_view bytes) const {
        write_test_file(folder.path() / "file", bytes);
        return read_elf(folder.path() / "file");
    }
};

/// The path of a shared library that surely exists: libelf's own.
fs::path libelf_path() {
    Dl_info info{};
    REQUIRE(::dladdr(reinterpret_cast<void*>(&::elf_begin), &info) != 0);
    return fs::canonical(info.dli_fname);
}

}  // namespace

TEST_CASE_METHOD(Fixture, "What is no ELF gives nothing") {
    CHECK_FALSE(read(""));
    CHECK_FALSE(
        read("\x7f"
             "EL"));
    CHECK_FALSE(read("#!/bin/sh\n"));
    CHECK_FALSE(read("!<arch>\n"));
    CHECK_THROWS_WITH(read_elf(folder.path() / "missing"), contains_text("missing"));
}

TEST_CASE_METHOD(Fixture, "A library without sections is read as the dynamic linker reads it") {
    const auto info = read(tiny_library(PF_R | PF_W));
    REQUIRE(info);
    CHECK(info->type == ET_DYN);
    CHECK(info->machine == EM_X86_64);
    CHECK(info->bits == 64);
    CHECK(info->soname == "libtiny.so.1");
    CHECK(info->needed == std::vector<std::string>{"libneeded.so.2"});
    CHECK(info->has_runpath);
    CHECK(info->runpath == "/opt/lib");
    CHECK_FALSE(info->has_rpath);
    CHECK(info->textrel);
    CHECK_FALSE(info->exec_stack);
    CHECK(info->build_id.empty());
    CHECK(read(tiny_library(PF_R | PF_W | PF_X))->exec_stack);
}

TEST_CASE("A library of this system says its name and what it needs") {
    const auto info = read_elf(libelf_path());
    REQUIRE(info);
    CHECK(info->soname == "libelf.so.1");
    CHECK(std::find(info->needed.begin(), info->needed.end(), "libc.so.6") != info->needed.end());
    CHECK_FALSE(info->textrel);
    CHECK_FALSE(info->exec_stack);
}

TEST_CASE("This test program is not stripped and needs libelf") {
    const auto info = read_elf("/proc/self/exe");
    REQUIRE(info);
    CHECK(info->soname.empty());
    CHECK(info->has_symbols);
    CHECK(std::find(info->needed.begin(), info->needed.end(), "libelf.so.1") != info->needed.end());
}

TEST_CASE_METHOD(Fixture, "A truncated ELF file is an error, never an empty one") {
    const std::string library = read_file(libelf_path());
    for (const std::size_t size :
         {std::size_t{4}, std::size_t{16}, std::size_t{63}, std::size_t{64}, library.size() / 2, library.size() - 1}) {
        INFO("cut to " << size << " bytes");
        CHECK_THROWS_AS(read(std::string_view(library).substr(0, size)), Error);
    }
    const std::string tiny = tiny_library(PF_R);
    for (std::size_t size = 4; size < tiny.size(); size += 7) {
        INFO("cut to " << size << " bytes");
        CHECK_THROWS_AS(read(std::string_view(tiny).substr(0, size)), Error);
    }
}

TEST_CASE_METHOD(Fixture, "A string outside of the string table is an error") {
    std::string bytes = tiny_library(PF_R);
    put(bytes, 0x200, Elf64_Dyn{DT_SONAME, {100000}});
    CHECK_THROWS_AS(read(bytes), Error);
}

TEST_CASE_METHOD(Fixture, "A damaged ELF file is read or refused, never more") {
    const std::string bytes = tiny_library(PF_R);
    for (std::size_t i = 4; i < 0x300; ++i) {
        std::string damaged = bytes;
        damaged[i] = static_cast<char>(~damaged[i]);
        try {
            (void)read(damaged);
        } catch (const Error&) {
        }
    }
    SUCCEED();
}
