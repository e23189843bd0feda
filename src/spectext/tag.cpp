#include "spectext/tag.hpp"

#include <algorithm>
#include <cctype>

#include "base/text.hpp"

namespace pystacks::spectext {
namespace {

bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

}  // namespace

bool Tag::is(std::string_view lower) const noexcept {
    return std::equal(name.begin(), name.end(), lower.begin(), lower.end(),
                      [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

bool Tag::asks_for_build() const noexcept { return is("buildrequires") || is("buildprereq"); }

std::optional<Tag> tag_of(std::string_view line) noexcept {
    std::string_view text = trim(before_dnl(line));
    Tag tag;
    std::size_t end = 0;
    while (end < text.size() && is_letter(text[end])) ++end;
    if (end == 0) return {};
    tag.name = text.substr(0, end);
    text = trim(text.substr(end));
    if (text.starts_with('(')) {
        const std::size_t close = text.find(')');
        if (close == std::string_view::npos) return {};
        tag.option = trim(text.substr(1, close - 1));
        text = trim(text.substr(close + 1));
    }
    if (!text.starts_with(':')) return {};
    tag.value = trim(text.substr(1));
    return tag;
}

std::optional<Tag> conditional_tag_of(std::string_view line) noexcept {
    const std::string_view text = trim(before_dnl(line));
    const std::size_t colon = text.find(':');
    const bool conditional = text.starts_with("%{?") || text.starts_with("%{!?") || text.starts_with("%{?!");
    if (!conditional || colon == std::string_view::npos || !text.ends_with('}')) return {};
    if (text.find_first_of(" \t") < colon) return {};
    return tag_of(text.substr(colon + 1, text.size() - colon - 2));
}

std::string_view before_dnl(std::string_view text) noexcept {
    for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at)) {
        const std::string_view here = text.substr(at);
        const bool ends = here.size() == 4 || (here.size() > 4 && !is_letter(here[4]) && here[4] != '_');
        if (here.starts_with("%dnl") && ends) return text.substr(0, at);
        // "%%" is a percent sign.
        at += here.starts_with("%%") ? 2 : 1;
    }
    return text;
}

}  // namespace pystacks::spectext
