#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>  // fmt::join: from fmt 11 on it is only here

namespace pystacks {

namespace {

// Not isspace(): its answer depends on the locale, and it must not be given a negative char.
constexpr std::string_view white_space = " \t\n\r\f\v";

/// Letters added, left out, replaced, or two neighbours swapped: the commonest slip of the fingers is one, not two.
std::size_t edit_distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> before(right.size() + 1), above(right.size() + 1), row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        before.swap(above);
        above.swap(row);
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t replaced = above[j] + (left[i] == right[j] ? 0U : 1U);
            row[j + 1] = std::min({replaced, row[j] + 1, above[j + 1] + 1});
            if (i > 0 && j > 0 && left[i] == right[j - 1] && left[i - 1] == right[j]) {
                row[j + 1] = std::min(row[j + 1], before[j - 1] + 1);
            }
        }
    }
    return row.back();
}

std::optional<std::string> only_beginning_with(std::string_view word, std::span<const std::string> candidates) {
    constexpr std::size_t telling = 3;
    const auto begins = [word](const std::string& each) { return each.starts_with(word); };
    if (word.size() < telling || std::count_if(candidates.begin(), candidates.end(), begins) != 1) return std::nullopt;
    return *std::find_if(candidates.begin(), candidates.end(), begins);
}

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    for (;;) {
        const std::size_t begin = text.find_first_not_of(white_space);
        if (begin == std::string_view::npos) return words;
        text.remove_prefix(begin);
        const std::size_t size = std::min(text.find_first_of(white_space), text.size());
        words.emplace_back(text.substr(0, size));
        text.remove_prefix(size);
    }
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
    return fmt::format("{}", fmt::join(parts, separator));
}

std::string_view trim(std::string_view text) noexcept {
    const std::size_t begin = text.find_first_not_of(white_space);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(white_space) - begin + 1);
}

std::string last_lines(std::string_view text, std::size_t count) {
    std::vector<std::string> lines = split(trim(text), '\n');
    if (lines.size() > count) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
    return join(lines, "\n");
}

std::string replace_all(std::string_view text, std::string_view find, std::string_view replacement) {
    std::string result;
    if (find.empty()) return std::string(text);
    for (;;) {
        const std::size_t position = text.find(find);
        result += text.substr(0, position);
        if (position == std::string_view::npos) return result;
        result += replacement;
        text.remove_prefix(position + find.size());
    }
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
    constexpr std::size_t longest = 200;  // nobody mistypes more, and the distance takes the product of both lengths
    if (word.empty() || word.size() > longest) return std::nullopt;
    const std::string* best = nullptr;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.empty() || candidate.size() > longest) continue;
        const std::size_t distance = edit_distance(word, candidate);
        // Nothing of a candidate is left when every letter is another one.
        if (distance < best_distance && distance < std::max(word.size(), candidate.size())) {
            best = &candidate;
            best_distance = distance;
        }
    }
    if (best == nullptr) return only_beginning_with(word, candidates);
    return *best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates, std::string otherwise) {
    const std::optional<std::string> meant = nearest(word, candidates);
    return meant ? fmt::format("did you mean {}?", *meant) : std::move(otherwise);
}

std::string human_size(std::uint64_t bytes) {
    if (bytes < 1000) return fmt::format("{} B", bytes);
    constexpr std::array<std::string_view, 6> units{"kB", "MB", "GB", "TB", "PB", "EB"};
    double value = static_cast<double>(bytes) / 1000.0;
    std::size_t unit = 0;
    // 999.95 and more would be printed as 1000.0
    while (value >= 999.95 && unit + 1 < units.size()) {
        value /= 1000.0;
        ++unit;
    }
    return fmt::format("{:.1f} {}", value, units.at(unit));
}

std::string human_duration(double seconds) {
    const double bounded = std::isfinite(seconds) ? std::clamp(seconds, 0.0, 1e12) : 0.0;
    const auto total = std::llround(bounded);
    if (total < 60) return fmt::format("{} s", total);
    if (total < 3600) return fmt::format("{} min {:02} s", total / 60, total % 60);
    return fmt::format("{} h {:02} min", total / 3600, total % 3600 / 60);
}

std::string shell_quote(std::string_view argument) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";
    if (!argument.empty() && argument.find_first_not_of(plain) == std::string_view::npos) return std::string(argument);
    return "'" + replace_all(argument, "'", R"('\'')") + "'";
}

std::string shell_join(std::span<const std::string> arguments) {
    std::string line;
    for (const std::string& argument : arguments) {
        if (!line.empty()) line += ' ';
        line += shell_quote(argument);
    }
    return line;
}

}  // namespace pystacks
