#include "spectext/line_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "base/text.hpp"

namespace pystacks::spectext {
namespace {

/// lua/pydebug/words.lua has the same ones, for the macros; tests/lua compares them. Source: partList in rpm's
/// build/parseSpec.c.
constexpr std::array sections{
    SectionWord{"%package", SectionKind::package},
    SectionWord{"%description", SectionKind::description},
    SectionWord{"%prep", SectionKind::prep},
    SectionWord{"%generate_buildrequires", SectionKind::generate_buildrequires},
    SectionWord{"%conf", SectionKind::conf},
    SectionWord{"%build", SectionKind::build},
    SectionWord{"%install", SectionKind::install},
    SectionWord{"%check", SectionKind::check},
    SectionWord{"%clean", SectionKind::clean},
    SectionWord{"%files", SectionKind::files},
    SectionWord{"%changelog", SectionKind::changelog},
    SectionWord{"%sourcelist", SectionKind::list},
    SectionWord{"%patchlist", SectionKind::list},
    SectionWord{"%pre", SectionKind::scriptlet},
    SectionWord{"%post", SectionKind::scriptlet},
    SectionWord{"%preun", SectionKind::scriptlet},
    SectionWord{"%postun", SectionKind::scriptlet},
    SectionWord{"%pretrans", SectionKind::scriptlet},
    SectionWord{"%posttrans", SectionKind::scriptlet},
    SectionWord{"%preuntrans", SectionKind::scriptlet},
    SectionWord{"%postuntrans", SectionKind::scriptlet},
    SectionWord{"%verifyscript", SectionKind::scriptlet},
    SectionWord{"%sepolicy", SectionKind::scriptlet},
    SectionWord{"%trigger", SectionKind::scriptlet},
    SectionWord{"%triggerin", SectionKind::scriptlet},
    SectionWord{"%triggerun", SectionKind::scriptlet},
    SectionWord{"%triggerprein", SectionKind::scriptlet},
    SectionWord{"%triggerpostun", SectionKind::scriptlet},
    SectionWord{"%filetrigger", SectionKind::scriptlet},
    SectionWord{"%filetriggerin", SectionKind::scriptlet},
    SectionWord{"%filetriggerun", SectionKind::scriptlet},
    SectionWord{"%filetriggerpostun", SectionKind::scriptlet},
    SectionWord{"%transfiletrigger", SectionKind::scriptlet},
    SectionWord{"%transfiletriggerin", SectionKind::scriptlet},
    SectionWord{"%transfiletriggerun", SectionKind::scriptlet},
    SectionWord{"%transfiletriggerpostun", SectionKind::scriptlet},
    SectionWord{"%end", SectionKind::made},
};

/// Also in lua/pydebug/words.lua. Source: lineTypes in rpm's build/parseSpec.c.
constexpr std::array conditions{
    ConditionWord{"%if", LineKind::open},
    ConditionWord{"%ifarch", LineKind::open},
    ConditionWord{"%ifnarch", LineKind::open},
    ConditionWord{"%ifos", LineKind::open},
    ConditionWord{"%ifnos", LineKind::open},
    ConditionWord{"%elif", LineKind::otherwise},
    ConditionWord{"%elifarch", LineKind::otherwise},
    ConditionWord{"%elifos", LineKind::otherwise},
    ConditionWord{"%else", LineKind::otherwise},
    ConditionWord{"%endif", LineKind::close},
};

/// Macros of the distributions that expand to %package, %description and %files, or to more of them.
constexpr std::array section_makers{
    "pyproject_extras_subpkg",
    "python_extras_subpkg",
    "mingw_debug_package",
    "debug_package",
    "javadoc_package",
    "fontpkg",
    "fontmetapkg",
    "gopkg",
    "gopkgfiles",
    "python_subpackages",
};

/// Whether the line begins with one of the macros: "name" of "%name …", "%{name}" and "%{?name:…}".
template <typename Names>
bool begins_with(const Names& names, std::string_view line) {
    line.remove_prefix(line.starts_with("%{?") ? 3 : line.starts_with("%{") ? 2 : 1);
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
        if (!line.starts_with(name)) return false;
        const char next = line.size() > name.size() ? line[name.size()] : ' ';
        return std::isalnum(static_cast<unsigned char>(next)) == 0 && next != '_';
    });
}

/// See makes_scriptlets().
constexpr std::array scriptlet_makers{"ldconfig_scriptlets", "ldconfig_post", "ldconfig_postun"};

/// Conditions that ALT's rpm has beside the others (github.com/altlinux/specs: 12,000 lines).
constexpr std::array conditions_of_alt{
    "%if_with",  "%if_without", "%if_enabled", "%if_disabled", "%if_feature",  "%if_notfeature",
    "%ifdef",    "%ifndef",     "%if_ver_gt",  "%if_ver_lt",   "%if_ver_gteq", "%if_ver_lteq",
    "%ifver_gt", "%ifver_lt",   "%ifver_gteq", "%ifver_lteq",
};

/// Whether rpm takes the line for that condition: what has an expression needs a blank behind the word, or nothing.
bool is_condition(std::string_view text, const ConditionWord& condition) {
    const bool has_expression = condition.word != "%else" && condition.kind != LineKind::close;
    const std::size_t size = condition.word.size();
    return !has_expression || text.size() == size || text[size] == ' ' || text[size] == '\t';
}

/// What the line does to branches, if it is a condition's; @p word is its first macro.
std::optional<LineKind> condition_kind(std::string_view text, std::string_view word) {
    for (const ConditionWord& condition : conditions) {
        if (word == condition.word && is_condition(text, condition)) return condition.kind;
    }
    const bool of_alt = std::find(conditions_of_alt.begin(), conditions_of_alt.end(), word) != conditions_of_alt.end();
    return of_alt ? std::optional(LineKind::open) : std::nullopt;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::span<const SectionWord> section_words() noexcept { return sections; }

std::span<const ConditionWord> condition_words() noexcept { return conditions; }

std::string_view name_of(SectionKind kind) noexcept {
    const bool has_one = kind != SectionKind::list && kind != SectionKind::scriptlet && kind != SectionKind::made;
    for (const SectionWord& section : sections) {
        if (has_one && section.kind == kind) return section.word;
    }
    return {};
}

std::string_view first_macro(std::string_view line) noexcept {
    line = trim(line);
    if (line.empty() || line.front() != '%') return {};
    std::size_t end = 1;
    while (end < line.size() && (std::isalnum(static_cast<unsigned char>(line[end])) != 0 || line[end] == '_')) ++end;
    return end == 1 ? std::string_view() : line.substr(0, end);
}

std::optional<SectionKind> header_kind(std::string_view line) {
    if (line.empty() || line.front() != '%') return {};
    if (begins_with(section_makers, line)) return SectionKind::made;
    const std::string_view word = first_macro(line);
    if (word.size() < line.size() && std::isspace(static_cast<unsigned char>(line[word.size()])) == 0) return {};
    std::string lower(word);
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (const SectionWord& section : sections) {
        if (lower == section.word) return section.kind;
    }
    return {};
}

bool makes_scriptlets(std::string_view line) {
    line = trim(line);
    return line.starts_with('%') && begins_with(scriptlet_makers, line);
}

LineKind kind_of(std::string_view line) {
    const std::string_view text = trim(line);
    if (text.empty()) return LineKind::blank;
    if (text.front() == '#') return LineKind::comment;
    const std::string_view word = first_macro(text);
    if (word == "%dnl" || text.starts_with("%{dnl:") || text.starts_with("%{dnl ")) return LineKind::comment;
    if (const auto kind = condition_kind(text, word)) return *kind;
    if (header_kind(line)) return LineKind::header;
    if (word == "%include" || text.starts_with("%{load:") || text.starts_with("%{include:")) return LineKind::include;
    if (is_one_of(word, {"%global", "%define", "%undefine", "%bcond", "%bcond_with", "%bcond_without"})) {
        return LineKind::definition;
    }
    return LineKind::content;
}

}  // namespace pystacks::spectext
