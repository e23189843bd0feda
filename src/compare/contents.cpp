#include "compare/contents.hpp"

#include <algorithm>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "compare/elf_contents.hpp"
#include "compare/unified_diff.hpp"
#include "python/bytecode.hpp"

namespace pystacks::compare {
namespace {

constexpr std::uintmax_t close_look_limit = std::uintmax_t{256} << 20U;  // bytes
constexpr std::uintmax_t large_file = std::uintmax_t{16} << 20U;         // bytes
constexpr std::size_t diff_limit = std::size_t{4} << 20U;                // bytes of a text that is diffed

ContentFinding different(std::string details) {
    ContentFinding finding;
    finding.details = std::move(details);
    return finding;
}

ContentFinding compare_as_bytecode(const std::string& a, const std::string& b) {
    try {
        if (python::compare_bytecode(a, b) == tree::Sameness::different) return different("the bytecode differs");
    } catch (const Error& error) {
        return different(fmt::format("no readable bytecode: {}: {}", error.subject(), error.reason()));
    }
    const std::size_t size = python::read_bytecode_header(a).size;
    const bool header = a.substr(0, size) != b.substr(0, size);
    const bool flags = a.substr(size) != b.substr(size);
    ContentFinding finding;
    finding.verdict = PairVerdict::same_bytecode;
    finding.details = header && flags ? "header and reference flags" : (header ? "header" : "reference flags");
    return finding;
}

/// No NUL in it: as diff(1) and git tell text, whatever its encoding.
bool is_text(std::string_view bytes) noexcept { return bytes.find('\0') == std::string_view::npos; }

ContentFinding compare_as_text(std::string_view a, std::string_view b) {
    ContentFinding finding;
    finding.verdict = PairVerdict::text;
    UnifiedDiff diff = unified_diff(a, b);
    if (diff.text.empty()) {
        finding.details = fmt::format("more than {} lines differ", most_diff_edits);
        return finding;
    }
    finding.details = fmt::format("-{} +{} lines", diff.lines_a, diff.lines_b);
    finding.diff = std::move(diff.text);
    if (diff.cut) finding.diff += "… (cut here)\n";
    finding.lines_a = diff.lines_a;
    finding.lines_b = diff.lines_b;
    return finding;
}

std::size_t first_difference(std::string_view a, std::string_view b) {
    const auto [in_a, in_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return static_cast<std::size_t>(in_a - a.begin());
}

bool is_elf(std::string_view bytes) noexcept { return bytes.starts_with("\177ELF"); }

}  // namespace

ContentFinding compare_contents(std::string_view path, const std::filesystem::path& file_a,
                                const std::filesystem::path& file_b) {
    std::error_code problem;
    std::uintmax_t larger = 0;
    for (const auto& file : {file_a, file_b}) {
        larger = std::max(larger, std::filesystem::file_size(file, problem));
        if (problem) throw system_error(problem.value(), "cannot read", file.string());
    }
    if (larger > close_look_limit) return different("too large for a closer look");
    // Both files are held in memory: large ones one pair after the other, however many threads there are.
    static std::mutex one_large_pair;
    std::unique_lock<std::mutex> turn;
    if (larger > large_file) turn = std::unique_lock(one_large_pair);
    const std::string a = read_file(file_a);
    const std::string b = read_file(file_b);
    if (a == b) {
        ContentFinding finding;
        finding.verdict = PairVerdict::identical;
        return finding;
    }
    if (path.ends_with(".pyc") || path.ends_with(".pyo")) return compare_as_bytecode(a, b);
    if (is_elf(a) && is_elf(b)) return compare_elf(a, b, file_a, file_b);
    if (!is_text(a) || !is_text(b)) return different(fmt::format("from byte {} on", first_difference(a, b)));
    if (std::max(a.size(), b.size()) <= diff_limit) return compare_as_text(a, b);
    ContentFinding finding = different("text that is too large for a diff");
    finding.verdict = PairVerdict::text;
    return finding;
}

}  // namespace pystacks::compare
