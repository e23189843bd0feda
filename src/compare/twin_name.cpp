#include "compare/twin_name.hpp"

#include <algorithm>
#include <cstddef>

namespace pystacks::compare {
namespace {

constexpr std::size_t most_flags = 3;

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_word(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_flag(char c) noexcept { return c == 'd' || c == 'm' || c == 't' || c == 'u'; }

/// The number of ABI flag letters at @p at; 0 when there are none, or too many.
std::size_t flags_at(std::string_view text, std::size_t at) noexcept {
    std::size_t count = 0;
    while (count <= most_flags && at + count < text.size() && is_flag(text[at + count])) ++count;
    return count <= most_flags ? count : 0;
}

bool ends_word(std::string_view text, std::size_t at) noexcept { return at >= text.size() || !is_word(text[at]); }

/// The length of @p suffix or of ABI flags at @p at; 0 when there is neither.
std::size_t mark_at(std::string_view text, std::size_t at, std::string_view suffix) noexcept {
    const bool is_suffix = !suffix.empty() && text.substr(at).starts_with(suffix);
    return std::max(flags_at(text, at), is_suffix ? suffix.size() : 0);
}

/// How much to skip at @p at; 0 when what is there belongs to the key.
std::size_t decoration_at(std::string_view text, std::size_t at, std::string_view suffix) noexcept {
    if (at == 0) return 0;
    const std::size_t flags = mark_at(text, at, suffix);
    if (flags > 0) {
        if (is_digit(text[at - 1]) && ends_word(text, at + flags)) return flags;
        if (text[at - 1] == '_' && at + flags < text.size() && text[at + flags] == '_') return flags;
    }
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("_d.")) return 2;
    for (const std::string_view word : {std::string_view("-debug"), std::string_view("-dbg")}) {
        if (rest.starts_with(word) && ends_word(rest, word.size())) return word.size();
    }
    return 0;
}

/// Where the number ends that begins at @p at, dots between its digits included.
std::size_t number_end(std::string_view text, std::size_t at, bool& dotted) noexcept {
    std::size_t end = at;
    dotted = false;
    while (end < text.size()) {
        if (text[end] == '.' && end + 1 < text.size() && is_digit(text[end + 1])) {
            dotted = true;
        } else if (!is_digit(text[end])) {
            break;
        }
        ++end;
    }
    return end;
}

bool follows_python(std::string_view text, std::size_t at) noexcept {
    std::string_view before = text.substr(0, at);
    if (before.ends_with('-')) before.remove_suffix(1);
    return before.ends_with("python");
}

}  // namespace

std::string twin_key(std::string_view path) { return twin_key(path, {}); }

std::string twin_key(std::string_view path, std::string_view suffix) {
    std::string key;
    key.reserve(path.size());
    for (std::size_t at = 0; at < path.size();) {
        if (const std::size_t skipped = decoration_at(path, at, suffix)) {
            at += skipped;
        } else {
            key += path[at++];
        }
    }
    return key;
}

std::string versionless_key(std::string_view path) {
    const std::string twin = twin_key(path);
    const std::string_view text = twin;
    std::string key;
    key.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (!is_digit(text[at])) {
            key += text[at++];
            continue;
        }
        bool dotted = false;
        const std::size_t end = number_end(text, at, dotted);
        if (dotted || follows_python(text, at)) {
            key += '#';
        } else {
            key += text.substr(at, end - at);
        }
        at = end;
    }
    return key;
}

}  // namespace pystacks::compare
