#include "stack/toml_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "stack/problems.hpp"

namespace pystacks::stack {

namespace {

/// toml++ 3.3 bounds the nesting of values, but not that of dotted keys; each dot is a table in a table, and tables
/// are freed recursively. A line of real text stays far below this.
constexpr std::size_t most_dots = 200;

void check_bounds(std::string_view text, const std::filesystem::path& file) {
    if (text.size() > largest_toml) {
        throw_unusable(file.string(), fmt::format("{} bytes are more than the {} MiB that a stack may have",
                                                  text.size(), largest_toml >> 20U));
    }
    toml::source_position position{1, 1};
    std::size_t dots = 0;
    for (const char character : text) {
        if (character == '\n') {
            ++position.line;
            dots = 0;
        } else if (character == '.' && ++dots > most_dots) {
            throw_unusable(location(file, position), fmt::format("more than {} dots in one line", most_dots));
        }
    }
}

}  // namespace

toml::table parse_toml(std::string_view text, const std::filesystem::path& file) {
    check_bounds(text, file);
    try {
        return toml::parse(text, file.string());
    } catch (const toml::parse_error& error) {
        std::string reason(error.description());
        // The description may quote the text, which may hold anything.
        std::replace_if(
            reason.begin(), reason.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; }, '?');
        throw_unusable(location(file, error.source().begin), std::move(reason));
    }
}

}  // namespace pystacks::stack
