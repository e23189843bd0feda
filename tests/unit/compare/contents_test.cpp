#include "compare/contents.hpp"

#include <algorithm>
#include <cstring>

#include <dlfcn.h>
#include <elf.h>
#include <libelf.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "files.hpp"
#include "tree/elf_code.hpp"

using namespace pystacks;
using namespace pystacks::compare;

namespace {

/// A shared library that surely exists and has a build id: libelf's own.
std::string library() {
    Dl_info info{};
    REQUIRE(::dladdr(reinterpret_cast<void*>(&::elf_begin), &info) != 0);
    return read_file(info.dli_fname);
}

Elf64_Shdr section_at(const std::string& bytes, unsigned index) {
    Elf64_Ehdr header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    Elf64_Shdr section{};
    if (index < header.e_shnum) {
        std::memcpy(&section, bytes.data() + header.e_shoff + std::uint64_t{index} * sizeof section, sizeof section);
    }
    return section;
}

Elf64_Shdr section_named(const std::string& bytes, const std::string& wanted) {
    Elf64_Ehdr header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    const Elf64_Shdr names = section_at(bytes, header.e_shstrndx);
    for (unsigned index = 1; index < header.e_shnum; ++index) {
        const Elf64_Shdr section = section_at(bytes, index);
        if (wanted == bytes.c_str() + names.sh_offset + section.sh_name) return section;
    }
    FAIL("no section " << wanted);
    return {};
}

/// The offset of a byte between two sections that are aligned apart within a segment; 0 when there is none.
std::uint64_t loaded_gap(const std::string& bytes) {
    for (unsigned index = 1; section_at(bytes, index + 1).sh_type != SHT_NULL; ++index) {
        const Elf64_Shdr section = section_at(bytes, index);
        const std::uint64_t end = section.sh_offset + section.sh_size;
        const std::uint64_t next = section_at(bytes, index + 1).sh_offset;
        if ((section.sh_flags & SHF_ALLOC) != 0 && next > end && next - end < 16) return end;
    }
    return 0;
}

std::string changed_at(std::string bytes, std::uint64_t offset) {
    bytes[offset] = static_cast<char>(~bytes[offset]);
    return bytes;
}

struct Fixture {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-contents"};

    ContentFinding compare(std::string_view path, std::string_view a, std::string_view b) const {
        tree::write_test_file(folder.path() / "a", a);
        tree::write_test_file(folder.path() / "b", b);
        return compare_contents(path, folder.path() / "a", folder.path() / "b");
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "ELF files that differ in the build id only have the same code") {
    const std::string a = library();
    const Elf64_Shdr note = section_named(a, ".note.gnu.build-id");
    const std::string b = changed_at(a, note.sh_offset + note.sh_size - 1);
    const ContentFinding finding = compare("/lib/x.so", a, b);
    CHECK(finding.verdict == PairVerdict::same_code);
    CHECK(finding.details == "build id");
    REQUIRE(finding.metadata.size() == 1);
    CHECK(finding.metadata[0].a != finding.metadata[0].b);
}

TEST_CASE_METHOD(Fixture, "ELF files that differ in code, data or between sections are different") {
    const std::string a = library();
    for (const char* name : {".text", ".rodata", ".dynstr"}) {
        INFO(name);
        const std::string b = changed_at(a, section_named(a, name).sh_offset + 5);
        const ContentFinding finding = compare("/lib/x.so", a, b);
        CHECK(finding.verdict == PairVerdict::different);
        CHECK_THAT(finding.details, contains_text("ELF: " + std::string(name)));
    }
    // What the sections of a segment leave free between them is loaded too.
    if (const std::uint64_t gap = loaded_gap(a); gap != 0) {
        CHECK_FALSE(tree::compare_sections(a, changed_at(a, gap)).same_code);
    }
    // The entry point, in the file's header.
    CHECK_FALSE(tree::compare_sections(a, changed_at(a, offsetof(Elf64_Ehdr, e_entry))).same_code);
}

/// Where the debug link is inserted, or the end of the file: the offset of the section header table.
std::uint64_t section_headers(const std::string& bytes) {
    Elf64_Ehdr header{};
    std::memcpy(&header, bytes.data(), sizeof header);
    return header.e_shoff;
}

TEST_CASE_METHOD(Fixture, "Bytes outside of the sections are a difference") {
    const std::string a = library();
    const Elf64_Shdr note = section_named(a, ".note.gnu.build-id");
    const std::string other_id = changed_at(a, note.sh_offset + note.sh_size - 1);
    const auto is_found = [&](const std::string& b) {
        const ContentFinding finding = compare("/lib/x.so", a, b);
        CHECK(finding.verdict == PairVerdict::different);
        CHECK_THAT(finding.details, !contains_text("build id") && contains_text("ELF: "));
        // Another build id does not hide it.
        return finding.verdict == PairVerdict::different;
    };
    SECTION("behind the end") {
        CHECK(is_found(a + "bytes behind the end"));
        CHECK(is_found(a + '\0'));
        CHECK(is_found(other_id + std::string(64, '\0')));
        CHECK_THAT(compare("/lib/x.so", a, a + "12345").details, contains_text("5 more in B"));
    }
    SECTION("in the section header that describes no section") {
        CHECK(is_found(changed_at(a, section_headers(a) + 32)));
        CHECK(is_found(changed_at(other_id, section_headers(a) + 40)));
    }
    SECTION("in the head of the note that has the build id") { CHECK(is_found(changed_at(a, note.sh_offset + 8))); }
    SECTION("in the padding before the section headers") {
        const std::uint64_t table = section_headers(a);
        std::uint64_t end = 0;
        for (unsigned index = 1; section_at(a, index).sh_type != SHT_NULL; ++index) {
            const Elf64_Shdr section = section_at(a, index);
            if (section.sh_type != SHT_NOBITS) end = std::max(end, section.sh_offset + section.sh_size);
        }
        if (end < table) CHECK(is_found(changed_at(a, end)));
    }
}

/// The file with a section more behind its end, as objcopy --add-gnu-debuglink adds it: made from ".comment".
std::string with_debug_link(const std::string& bytes, const std::string& content) {
    const Elf64_Shdr victim = section_named(bytes, ".gnu_debuglink");
    std::string result = bytes;
    Elf64_Shdr header = victim;
    header.sh_offset = bytes.size();
    header.sh_size = content.size();
    for (unsigned index = 1; section_at(bytes, index).sh_type != SHT_NULL; ++index) {
        if (section_at(bytes, index).sh_offset != victim.sh_offset) continue;
        std::memcpy(result.data() + section_headers(bytes) + index * sizeof header, &header, sizeof header);
    }
    return result + content;
}

TEST_CASE_METHOD(Fixture, "A debug link may differ, and hides nothing") {
    const std::string library_bytes = library();
    const auto link = [](const std::string& name, const std::string& more = "") {
        std::string content = name;
        content.resize((name.size() / 4 + 1) * 4);
        return content + "\1\2\3\4" + more;
    };
    const std::string a = with_debug_link(library_bytes, link("first.debug"));
    const auto verdict_of = [&](const std::string& content) {
        return compare("/lib/x.so", a, with_debug_link(library_bytes, content)).verdict;
    };
    CHECK(verdict_of(link("second-and-longer.debug")) == PairVerdict::same_code);
    CHECK(verdict_of(link("first.debug", "payload")) == PairVerdict::different);
    CHECK(verdict_of(std::string(4000, 'x')) == PairVerdict::different);
}

TEST_CASE_METHOD(Fixture, "A damaged ELF file is different, never more") {
    const std::string a = library();
    for (const std::size_t size : {std::size_t{5}, std::size_t{64}, a.size() / 2, a.size() - 1}) {
        const ContentFinding finding = compare("/lib/x.so", a, a.substr(0, size));
        CHECK(finding.verdict == PairVerdict::different);
        CHECK_FALSE(finding.details.empty());
        CHECK_FALSE(tree::compare_sections(a, a.substr(0, size)).same_code);
    }
    for (std::size_t offset = 4; offset < 0x400; ++offset) {
        (void)tree::compare_sections(a, changed_at(a, offset));
    }
    const std::uint64_t headers = a.size() - 2000;
    for (std::uint64_t offset = headers; offset < a.size(); offset += 3) {
        (void)tree::compare_sections(changed_at(a, offset), changed_at(a, offset));
    }
}

TEST_CASE_METHOD(Fixture, "Bytes behind the bytecode are a difference") {
    // A header of 3.13, and None.
    const std::string pyc = std::string("\xf3\r\r\n", 4) + std::string(12, '\0') + "N";
    CHECK(compare("x.pyc", pyc, pyc + "payload").verdict == PairVerdict::different);
    CHECK(compare("x.pyc", pyc, pyc + '\0').verdict == PairVerdict::different);
}

TEST_CASE_METHOD(Fixture, "Text is text whatever its encoding, data has a NUL") {
    CHECK(compare("x", "caf\xe9\n", "caf\xc3\xa9\n").verdict == PairVerdict::text);
    CHECK(compare("x", std::string_view("a\0", 2), "a").verdict == PairVerdict::different);
    CHECK(compare("x", "", "a\n").diff == "@@ -0,0 +1 @@\n+a\n");
    CHECK(compare("x", "a", "a").verdict == PairVerdict::identical);
}

TEST_CASE_METHOD(Fixture, "A text with more lines that differ than a diff may have says so") {
    std::string a;
    std::string b;
    for (int line = 0; line < 2000; ++line) {
        a += "a" + std::to_string(line) + "\n";
        b += "b" + std::to_string(line) + "\n";
    }
    const ContentFinding finding = compare("x", a, b);
    CHECK(finding.verdict == PairVerdict::text);
    CHECK(finding.diff.empty());
    CHECK(finding.details == "more than 1000 lines differ");
}
