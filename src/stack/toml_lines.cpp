#include "stack/toml_lines.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace pystacks::stack {
namespace {

std::ptrdiff_t offset(std::size_t number) { return static_cast<std::ptrdiff_t>(number); }

/// Whether a string of several lines begins or ends in @p line, an odd number of times.
bool toggles_text(std::string_view line) {
    std::size_t quotes = 0;
    for (const std::string_view mark : {R"(""")", "'''"}) {
        for (std::size_t at = line.find(mark); at != line.npos; at = line.find(mark, at + mark.size())) ++quotes;
    }
    return quotes % 2 == 1;
}

bool is_key(std::string_view line, std::string_view key) {
    if (!line.starts_with(key)) return false;
    return trim(line.substr(key.size())).starts_with('=');
}

/// The place of the text between the quotes of "key = "text"": its begin and its size.
std::optional<std::pair<std::size_t, std::size_t>> string_in(std::string_view line) {
    const std::size_t begin = line.find_first_of("\"'", line.find('='));
    if (begin == line.npos) return std::nullopt;
    const std::size_t end = line.find(line[begin], begin + 1);
    if (end == line.npos || line.substr(begin, end - begin).find('\\') != line.npos) return std::nullopt;
    return std::pair(begin + 1, end - begin - 1);
}

}  // namespace

TomlLines::TomlLines(std::string_view text) : lines_(split(text, '\n')) {}

std::string TomlLines::text() const { return join(lines_, "\n"); }

std::vector<std::size_t> TomlLines::headers() const {
    std::vector<std::size_t> found;
    bool in_text = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        if (!in_text && lines_[i].starts_with('[')) found.push_back(i);
        if (toggles_text(lines_[i])) in_text = !in_text;
    }
    return found;
}

std::optional<TomlLines::Range> TomlLines::table(std::string_view header, std::size_t number) const {
    const std::vector<std::size_t> all = headers();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (trim(lines_[all[i]]) != header || number-- != 0) continue;
        return Range{all[i], i + 1 < all.size() ? above_comment(all[i + 1]) : lines_.size()};
    }
    return std::nullopt;
}

std::size_t TomlLines::above_comment(std::size_t line) const {
    while (line > 0 && lines_[line - 1].starts_with('#')) --line;
    return line;
}

std::size_t TomlLines::count(std::string_view header) const {
    std::size_t number = 0;
    for (const std::size_t line : headers()) number += trim(lines_[line]) == header ? 1 : 0;
    return number;
}

std::optional<std::size_t> TomlLines::line_of(std::string_view header, std::size_t number, std::string_view key) const {
    const auto range = table(header, number);
    if (!range) return std::nullopt;
    for (std::size_t i = range->begin + 1; i < range->end; ++i) {
        if (is_key(lines_[i], key)) return i;
    }
    return std::nullopt;
}

std::optional<std::string> TomlLines::value(std::string_view header, std::size_t number, std::string_view key) const {
    const auto line = line_of(header, number, key);
    const auto place = line ? string_in(lines_[*line]) : std::nullopt;
    return place ? std::optional(lines_[*line].substr(place->first, place->second)) : std::nullopt;
}

std::optional<std::size_t> TomlLines::table_with(std::string_view header, std::string_view key,
                                                 std::string_view text) const {
    for (std::size_t number = 0; number < count(header); ++number) {
        if (value(header, number, key) == text) return number;
    }
    return std::nullopt;
}

bool TomlLines::set(std::string_view header, std::size_t number, std::string_view key, std::string_view text) {
    const auto line = line_of(header, number, key);
    const auto place = line ? string_in(lines_[*line]) : std::nullopt;
    if (!place) return false;
    lines_[*line].replace(place->first, place->second, text);
    return true;
}

void TomlLines::remove_key(std::string_view header, std::size_t number, std::string_view key) {
    const auto line = line_of(header, number, key);
    if (!line) return;
    lines_.erase(lines_.begin() + offset(above_comment(*line)), lines_.begin() + offset(*line) + 1);
}

void TomlLines::remove_table(std::string_view header, std::size_t number) {
    const auto range = table(header, number);
    if (!range) return;
    const std::size_t begin = above_comment(range->begin);
    lines_.erase(lines_.begin() + offset(begin), lines_.begin() + offset(range->end));
    // What comes last ends with one line end.
    while (begin == lines_.size() && lines_.size() > 1 && lines_.back().empty() && lines_[lines_.size() - 2].empty()) {
        lines_.pop_back();
    }
    if (begin == lines_.size() && !lines_.empty() && !lines_.back().empty()) lines_.emplace_back();
}

void TomlLines::insert_before(std::string_view header, std::string_view text) {
    const auto range = table(header, 0);
    const std::size_t place = range ? above_comment(range->begin) : lines_.size();
    std::vector<std::string> added = split(trim(text), '\n');
    added.emplace_back();
    lines_.insert(lines_.begin() + offset(place), added.begin(), added.end());
}

void TomlLines::replace_in_head(std::string_view find, std::string_view replacement) {
    for (std::string& line : lines_) {
        if (!line.starts_with('#')) return;
        line = replace_all(line, find, replacement);
    }
}

}  // namespace pystacks::stack
