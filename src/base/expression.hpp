#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace pystacks {

/// A regular expression in RE2's grammar, over bytes. Its time is linear in the text, however the expression is made,
/// and it needs no stack, so texts of any length and origin may be matched. In return there are no backreferences and
/// no lookarounds. Thread-safe; copies share what is compiled.
class Expression {
public:
    /// @throws Error (usage) where @p text is not a regular expression; its reason is the library's.
    explicit Expression(const std::string& text);

    /// Whether all of @p text matches.
    [[nodiscard]] bool matches(std::string_view text) const;
    /// Whether it matches anywhere in @p text.
    [[nodiscard]] bool is_in(std::string_view text) const;

    /// The whole match, then what each group matched (empty where it took no part).
    using Groups = std::vector<std::string>;
    [[nodiscard]] std::optional<Groups> groups_of(std::string_view text) const;  ///< where all of it matches
    [[nodiscard]] std::optional<Groups> first_in(std::string_view text) const;   ///< of the first match
    [[nodiscard]] std::vector<Groups> all_in(std::string_view text) const;       ///< of matches from left to right

    /// @p text without what matches.
    [[nodiscard]] std::string removed_from(std::string text) const;

private:
    std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace pystacks
