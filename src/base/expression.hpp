#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pystacks {

/// A regular expression in ECMAScript's grammar. It hides <regex>, which costs two seconds in every file that includes
/// it. Matching recurses once per character, so callers must limit the length of what they match.
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
    [[nodiscard]] std::vector<Groups> all_in(const std::string& text) const;     ///< of matches from left to right

    /// @p text without what matches.
    [[nodiscard]] std::string removed_from(const std::string& text) const;

private:
    struct Compiled;
    std::shared_ptr<const Compiled> compiled_;
};

}  // namespace pystacks
