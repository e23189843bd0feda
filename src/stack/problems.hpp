#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "stack/stack.hpp"
#include "stack/toml.hpp"

namespace pystacks::stack {

/// What is wrong with a stack.toml and with what it includes: collected, so that a packager sees everything at once.
class Problems {
public:
    explicit Problems(std::filesystem::path file) : file_(std::move(file)) {}

    /// Beyond max_listed only the number is kept: the input may be hostile, and nobody reads more.
    void add(const toml::source_region& where, std::string message);

    /// Whether further messages are only counted: then the caller need not compose them.
    [[nodiscard]] bool full() const noexcept { return list_.size() >= max_listed; }

    /// @throws Error (usage) that lists everything by line, when there is anything.
    void throw_if_any();

    static constexpr std::size_t max_listed = 200;

private:
    struct Problem {
        toml::source_region where;
        std::string message;
    };
    std::filesystem::path file_;
    std::vector<Problem> list_;
    std::size_t unlisted_ = 0;
};

/// The Error for problems in a stack.toml. @param subject FILE:LINE:COLUMN
[[noreturn]] void throw_unusable(std::string subject, std::string reason);

/// "FILE:LINE:COLUMN".
[[nodiscard]] std::string location(const std::filesystem::path& file, const toml::source_position& where);

/// FILE:LINE of what toml++ parsed.
[[nodiscard]] Place place_of(const toml::source_region& where);

/// The text in single quotes, for a message: control characters as \xNN, long text cut.
[[nodiscard]] std::string in_quotes(std::string_view text);

/// "; did you mean 'x'?" when a candidate is near @p word, otherwise "".
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace pystacks::stack
