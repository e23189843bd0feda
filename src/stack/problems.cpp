#include "stack/problems.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pystacks::stack {

namespace fs = std::filesystem;

void Problems::add(const toml::source_region& where, std::string message) {
    if (full()) {
        ++unlisted_;
        return;
    }
    list_.push_back({where, std::move(message)});
}

void Problems::throw_if_any() {
    if (list_.empty()) return;
    const auto file_of = [this](const Problem& problem) {
        return problem.where.path ? fs::path(*problem.where.path) : file_;
    };
    const auto order = [&](const Problem& problem) {
        const fs::path file = file_of(problem);
        return std::tuple(file != file_, file, problem.where.begin.line, problem.where.begin.column);
    };
    std::stable_sort(list_.begin(), list_.end(),
                     [&](const Problem& a, const Problem& b) { return order(a) < order(b); });
    const auto where = [&](const Problem& problem) { return location(file_of(problem), problem.where.begin); };
    // The error's subject is the first place; each further line brings its own.
    std::string reason = list_.front().message;
    for (auto problem = list_.begin() + 1; problem != list_.end(); ++problem) {
        reason += fmt::format("\n{}: {}", where(*problem), problem->message);
    }
    if (unlisted_ > 0) reason += fmt::format("\n… and {} more", unlisted_);
    throw_unusable(where(list_.front()), std::move(reason));
}

void throw_unusable(std::string subject, std::string reason) {
    throw Error(ErrorKind::usage, "cannot use", std::move(subject), std::move(reason),
                "stack.toml(5) describes every key");
}

std::string location(const std::filesystem::path& file, const toml::source_position& where) {
    return fmt::format("{}:{}:{}", file.string(), where.line, where.column);
}

Place place_of(const toml::source_region& where) {
    return {where.path ? fs::path(*where.path) : fs::path(), static_cast<int>(where.begin.line)};
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t longest = 100;
    std::size_t length = std::min(text.size(), longest);
    // Cut before a character of UTF-8, not inside.
    while (length > 0 && length < text.size() && (static_cast<unsigned char>(text[length]) & 0xc0U) == 0x80U) --length;
    std::string result = "'";
    for (const char character : text.substr(0, length)) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte < 0x20 || byte == 0x7f) {
            result += fmt::format("\\x{:02x}", byte);
        } else {
            result += character;
        }
    }
    if (length < text.size()) result += "…";
    return result + "'";
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
    const auto meant = nearest(word, candidates);
    return meant ? fmt::format("; did you mean {}?", in_quotes(*meant)) : std::string();
}

}  // namespace pystacks::stack
