#include "spectext/line_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

#include "base/text.hpp"

namespace pystacks::spectext {
namespace {

constexpr std::array named_sections{
    std::pair{"%package", SectionKind::package},
    std::pair{"%description", SectionKind::description},
    std::pair{"%prep", SectionKind::prep},
    std::pair{"%generate_buildrequires", SectionKind::generate_buildrequires},
    std::pair{"%conf", SectionKind::conf},
    std::pair{"%build", SectionKind::build},
    std::pair{"%install", SectionKind::install},
    std::pair{"%check", SectionKind::check},
    std::pair{"%clean", SectionKind::clean},
    std::pair{"%files", SectionKind::files},
    std::pair{"%changelog", SectionKind::changelog},
    std::pair{"%sourcelist", SectionKind::list},
    std::pair{"%patchlist", SectionKind::list},
};

constexpr std::array scriptlets{
    "%pre",
    "%post",
    "%preun",
    "%postun",
    "%pretrans",
    "%posttrans",
    "%preuntrans",
    "%postuntrans",
    "%verifyscript",
    "%sepolicy",
    "%trigger",
    "%triggerin",
    "%triggerun",
    "%triggerprein",
    "%triggerpostun",
    "%filetrigger",
    "%filetriggerin",
    "%filetriggerun",
    "%filetriggerpostun",
    "%transfiletrigger",
    "%transfiletriggerin",
    "%transfiletriggerun",
    "%transfiletriggerpostun",
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

/// Whether rpm takes the line for that condition: what follows the word is a blank or nothing.
bool has_argument(std::string_view text, std::string_view word) {
    return text.size() == word.size() || text[word.size()] == ' ' || text[word.size()] == '\t';
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::string_view name_of(SectionKind kind) noexcept {
    for (const auto& [name, named] : named_sections) {
        if (named == kind && kind != SectionKind::list) return name;
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
    for (const auto& [name, kind] : named_sections) {
        if (lower == name) return kind;
    }
    if (std::find(scriptlets.begin(), scriptlets.end(), lower) != scriptlets.end()) return SectionKind::scriptlet;
    if (lower == "%end") return SectionKind::made;
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
    if (is_one_of(word, {"%if", "%ifarch", "%ifnarch", "%ifos", "%ifnos"}) && has_argument(text, word))
        return LineKind::open;
    if (std::find(conditions_of_alt.begin(), conditions_of_alt.end(), word) != conditions_of_alt.end())
        return LineKind::open;
    if (is_one_of(word, {"%elif", "%elifarch", "%elifos"}) && has_argument(text, word)) return LineKind::otherwise;
    if (word == "%else") return LineKind::otherwise;
    if (word == "%endif") return LineKind::close;
    if (header_kind(line)) return LineKind::header;
    if (word == "%include" || text.starts_with("%{load:") || text.starts_with("%{include:")) return LineKind::include;
    if (is_one_of(word, {"%global", "%define", "%undefine", "%bcond", "%bcond_with", "%bcond_without"})) {
        return LineKind::definition;
    }
    return LineKind::content;
}

}  // namespace pystacks::spectext
