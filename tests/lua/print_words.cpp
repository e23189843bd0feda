// What src/spectext takes lines for, in a form that words_test.lua compares with the macros' Lua.
//
//     print_words          the words of sections and conditions
//     print_words FILE     of each line of the file, by itself and in the whole
#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/file.hpp"
#include "spectext/line_words.hpp"
#include "spectext/spec_text.hpp"
#include "spectext/tag.hpp"

namespace {

using namespace pystacks;
using namespace pystacks::spectext;

const char* name_of_condition(LineKind kind) {
    if (kind == LineKind::open) return "open";
    if (kind == LineKind::otherwise) return "otherwise";
    return kind == LineKind::close ? "close" : nullptr;
}

void print_tables() {
    for (const SectionWord& each : section_words()) fmt::print("section {}\n", each.word);
    for (const ConditionWord& each : condition_words()) {
        fmt::print("condition {} {}\n", each.word, name_of_condition(each.kind));
    }
}

/// In how many conditions the line is.
int depth(const SpecText& spec, const Line& line) {
    int found = 0;
    for (std::size_t branch = line.branch; branch != 0; branch = spec.branches()[branch].parent) ++found;
    return found;
}

/// Not of a line that a distribution's macro makes sections of, which Lua does not look for.
bool is_header(std::string_view line) {
    const auto kind = header_kind(line);
    return kind && (*kind != SectionKind::made || first_macro(line) == "%end");
}

std::string what_it_is(std::string_view line) {
    const LineKind kind = kind_of(line);
    if (name_of_condition(kind) != nullptr) return name_of_condition(kind);
    if (kind == LineKind::comment) return "comment";
    if (is_header(line)) return "header";
    if (const auto tag = tag_of(line)) return fmt::format("tag {}|{}|{}", tag->name, tag->option, tag->value);
    return "other";
}

void print_lines(const SpecText& spec) {
    for (std::size_t i = 0; i < spec.lines().size(); ++i) {
        const Line& line = spec.lines()[i];
        fmt::print("{} {}\n", i + 1, what_it_is(line.text));
        if (line.kind == LineKind::header && is_header(line.text)) {
            fmt::print("{} begins a section, in {}\n", i + 1, depth(spec, line));
        }
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        print_tables();
        return 0;
    }
    constexpr std::size_t most = 1U << 24U;
    print_lines(SpecText(read_file(arguments[1], most)));
    return 0;
}
