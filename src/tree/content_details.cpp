#include "tree/content_details.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "tree/bytecode.hpp"
#include "tree/elf.hpp"

namespace pystacks::tree {
namespace {

/// Larger files are reported without the place where they begin to differ.
constexpr std::uintmax_t close_look_limit = std::uintmax_t{64} << 20U;

ContentFinding compare_as_bytecode(const std::string& a, const std::string& b) {
    try {
        if (compare_bytecode(a, b) == Sameness::different) return {DifferenceKind::content, "the bytecode differs"};
    } catch (const Error& error) {
        return {DifferenceKind::content, fmt::format("no readable bytecode: {}: {}", error.subject(), error.reason())};
    }
    const std::size_t size = read_bytecode_header(a).size;
    const bool header = a.substr(0, size) != b.substr(0, size);
    const bool flags = a.substr(size) != b.substr(size);
    return {DifferenceKind::bytecode,
            header && flags ? "header and reference flags" : (header ? "header" : "reference flags")};
}

std::string compare_elf(const ElfInfo& a, const ElfInfo& b) {
    std::vector<std::string> parts;
    auto add = [&parts](bool differs, const char* what) {
        if (differs) parts.emplace_back(what);
    };
    add(a.type != b.type || a.machine != b.machine || a.bits != b.bits, "kind");
    add(a.soname != b.soname, "soname");
    add(a.needed != b.needed, "needed libraries");
    add(a.rpath != b.rpath || a.runpath != b.runpath || a.has_rpath != b.has_rpath || a.has_runpath != b.has_runpath,
        "run path");
    add(a.textrel != b.textrel, "text relocations");
    add(a.exec_stack != b.exec_stack, "executable stack");
    add(a.has_symbols != b.has_symbols || a.has_dwarf != b.has_dwarf, "debug information");
    add(a.build_id != b.build_id, "build id");
    return parts.empty() ? "ELF, same metadata" : "ELF: " + join(parts, ", ");
}

std::string first_difference(std::string_view a, std::string_view b) {
    const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    const auto offset = static_cast<std::size_t>(in_a - a.begin());
    const std::string_view before = a.substr(0, offset);
    if (before.find('\0') != std::string_view::npos) return fmt::format("from byte {} on", offset);
    return fmt::format("from line {} on", 1 + std::count(before.begin(), before.end(), '\n'));
}

}  // namespace

ContentFinding compare_contents(std::string_view path, const std::filesystem::path& file_a,
                                const std::filesystem::path& file_b) {
    const std::uintmax_t larger = std::max(std::filesystem::file_size(file_a), std::filesystem::file_size(file_b));
    const bool bytecode = path.ends_with(".pyc") || path.ends_with(".pyo");
    if (!bytecode) {
        try {
            const auto elf_a = read_elf(file_a);
            const auto elf_b = read_elf(file_b);
            if (elf_a && elf_b) return {DifferenceKind::content, compare_elf(*elf_a, *elf_b)};
        } catch (const Error& error) {
            return {DifferenceKind::content, error.reason()};
        }
    }
    if (larger > close_look_limit) return {};
    const std::string a = read_file(file_a);
    const std::string b = read_file(file_b);
    if (bytecode) return compare_as_bytecode(a, b);
    return {DifferenceKind::content, first_difference(a, b)};
}

}  // namespace pystacks::tree
