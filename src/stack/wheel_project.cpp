#include "stack/wheel_project.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

#include "base/text.hpp"

namespace pystacks::stack {

namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// The length of a release such as "1.20.0" at the start of @p text.
std::size_t release_length(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && is_digit(text[end])) {
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) ++end;
    }
    return end;
}

/// "2020.06.0" as "2020.6".
std::string without_zeros(std::string_view release) {
    std::vector<std::string> numbers = split(release, '.');
    for (std::string& number : numbers) number.erase(0, std::min(number.find_first_not_of('0'), number.size() - 1));
    while (numbers.size() > 1 && numbers.back() == "0") numbers.pop_back();
    return join(numbers, ".");
}

/// Whether the parenthesis that @p text starts with closes at its very end.
bool is_enclosed(std::string_view text) {
    if (!text.starts_with('(') || !text.ends_with(')')) return false;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '(') ++depth;
        if (text[i] == ')' && --depth == 0) return i + 1 == text.size();
    }
    return false;
}

std::string term(std::string_view text) {
    text = trim(text);
    while (is_enclosed(text)) text = trim(text.substr(1, text.size() - 2));
    return std::string(text);
}

}  // namespace

std::optional<WheelProject> read_wheel_project(std::string_view text) {
    std::vector<std::string> words = split_words(text);
    if (words.size() < 3) return std::nullopt;
    WheelProject project{words[0], words[1], {}};
    words.erase(words.begin(), words.begin() + 2);
    project.license = join(words, " ");
    return project;
}

std::string normalized_project_name(std::string_view name) {
    std::string result;
    for (const char c : name) {
        const bool separator = c == '-' || c == '_' || c == '.';
        if (separator && result.ends_with('-')) continue;
        result += separator ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return result;
}

std::string rpm_version_of(std::string_view python_version) {
    const std::string_view text = trim(python_version);
    const std::size_t end = release_length(text);
    std::string rest(text.substr(end));
    rest.erase(std::remove_if(rest.begin(), rest.end(), [](char c) { return c == '.' || c == '-' || c == '_'; }),
               rest.end());
    if (end == 0) return std::string(text);
    std::string release = without_zeros(text.substr(0, end));
    if (rest.empty()) return release;
    if (rest.starts_with("post")) return release + "^" + rest;
    if (rest.starts_with("dev")) return release + "~~" + rest;
    if (rest.find_first_not_of("abrc0123456789") == std::string::npos && !is_digit(rest.front())) {
        return release + "~" + rest;
    }
    return std::string(text);
}

std::set<std::string> license_terms(std::string_view expression) {
    constexpr std::string_view conjunction = " AND ";
    const std::string text = term(expression);
    std::set<std::string> terms;
    int depth = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '(') ++depth;
        if (text[i] == ')') --depth;
        if (depth != 0 || std::string_view(text).substr(i, conjunction.size()) != conjunction) continue;
        terms.insert(term(std::string_view(text).substr(start, i - start)));
        start = i + conjunction.size();
    }
    if (!text.empty()) terms.insert(term(std::string_view(text).substr(start)));
    return terms;
}

}  // namespace pystacks::stack
