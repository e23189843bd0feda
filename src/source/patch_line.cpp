#include "source/patch_line.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace pystacks::source {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view blanks = " \t";
constexpr std::string_view white_space = " \t\r\f\v";

bool starts_with_digit(std::string_view text) noexcept {
    return !text.empty() && digits.find(text.front()) != std::string_view::npos;
}

/// Takes off what @p text begins with, as long as it is of @p characters. @returns how much that was
std::size_t skip(std::string_view& text, std::string_view characters) noexcept {
    const std::size_t size = text.size();
    text.remove_prefix(std::min(text.find_first_not_of(characters), size));
    return size - text.size();
}

bool take(std::string_view& text, char character) noexcept {
    if (!text.starts_with(character)) return false;
    text.remove_prefix(1);
    return true;
}

bool take_number(std::string_view& text, std::size_t& number) noexcept {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

/// "-12,3" or "-12", taken off the front.
bool take_range(std::string_view& text, char sign, std::size_t& start, std::size_t& lines) noexcept {
    return take(text, sign) && take_number(text, start) && (!take(text, ',') || take_number(text, lines));
}

}  // namespace

std::optional<HunkRange> hunk_range(std::string_view line) noexcept {
    HunkRange range;
    if (!line.starts_with("@@ ")) return std::nullopt;
    line.remove_prefix(3);
    if (!take_range(line, '-', range.old_start, range.old_lines)) return std::nullopt;
    take(line, ' ');
    if (!take_range(line, '+', range.new_start, range.new_lines)) return std::nullopt;
    take(line, ' ');
    if (!line.starts_with("@@")) return std::nullopt;
    return range;
}

NameAndStamp name_and_stamp(std::string_view text) noexcept {
    skip(text, white_space);
    std::size_t end = 0;
    for (;;) {
        end = text.find_first_of(white_space, end);
        if (end == std::string_view::npos) return {text, {}};
        // Blanks belong to the name if a tab is still to come.
        const std::size_t next = text.find_first_not_of(white_space, end);
        const std::size_t tab = text.find('\t', end);
        if (tab == std::string_view::npos || tab < std::min(next, text.size())) break;
        end = next;
    }
    return {text.substr(0, end), trim(text.substr(end))};
}

std::string_view without_indentation(std::string_view line) noexcept {
    skip(line, " \tX");
    return line;
}

bool is_normal_command(std::string_view line) noexcept {
    if (!starts_with_digit(line)) return false;
    skip(line, "0123456789,");
    if (!take(line, 'a') && !take(line, 'c') && !take(line, 'd')) return false;
    skip(line, "0123456789,");
    skip(line, blanks);
    return line.empty();
}

bool is_ed_command(std::string_view line) noexcept {
    bool of_two_lines = false;
    if (skip(line, digits) > 0 && take(line, ',')) {
        if (skip(line, digits) == 0) return false;
        of_two_lines = true;
    }
    if (take(line, 's')) {
        if (!line.starts_with("/.//")) return false;
        line.remove_prefix(4);
    } else if (take(line, 'a') || take(line, 'i')) {
        if (of_two_lines) return false;
    } else if (!take(line, 'c') && !take(line, 'd')) {
        return false;
    }
    skip(line, blanks);
    return line.empty();
}

bool is_name_line(std::string_view line, std::string_view mark) noexcept {
    return line.size() > mark.size() && line.starts_with(mark) &&
           blanks.find(line[mark.size()]) != std::string_view::npos;
}

bool is_mode_of_file(std::string_view mode) noexcept {
    return mode.size() == 6 && mode.starts_with("100") && mode.find_first_not_of("01234567") == std::string_view::npos;
}

std::optional<std::string_view> mode_of_index(std::string_view text) noexcept {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    if (skip(text, hexadecimal) == 0 || !take(text, '.') || !take(text, '.') || skip(text, hexadecimal) == 0) {
        return std::nullopt;
    }
    if (!text.empty() && white_space.find(text.front()) == std::string_view::npos) return std::nullopt;
    return trim(text);
}

}  // namespace pystacks::source
