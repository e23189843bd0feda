#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pystacks {

/// A path pattern of a stack description.
///
/// `?` and `[…]` match one character other than `/`, `*` any number of them; `**` matches any number of characters,
/// slashes included, `/**/` also a single slash, and `/**` at the end also the folder itself; `{a,b}` matches either,
/// and may be nested. `[!…]` and `[^…]` match what is not listed. Everything else matches itself; to match one of
/// the special characters, put it between brackets.
/// The whole path has to match, except that a pattern without a leading `/` that starts with `**/` matches at any
/// depth. Matching is linear in the path's length for each alternative; patterns come from packagers, paths from
/// builds.
class PathPattern {
public:
    /// @throws Error (usage) on an unbalanced brace or bracket, a range that is the wrong way round, and a pattern
    /// that is longer than 1000 characters or has more than 256 alternatives.
    explicit PathPattern(std::string pattern);
    [[nodiscard]] bool matches(std::string_view path) const noexcept;
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    struct Token {
        enum class Kind : std::uint8_t {
            literal,      // one given character
            one_of,       // one character of a set
            star,         // any characters but '/'
            double_star,  // any characters
            folders,      // "**/" after a slash or at the start: nothing, or any characters up to a slash
            below,        // the slash of a "/**" at the end: the path may also end here
        };
        Kind kind = Kind::literal;
        char literal = 0;
        std::uint16_t set = 0;  // index into sets_
    };
    using CharacterSet = std::bitset<256>;
    struct Alternative {
        std::string prefix;  // what every path that matches starts with
        std::vector<Token> tokens;
    };

    Alternative compile(std::string_view expanded);
    Token compile_set(std::string_view body);
    [[nodiscard]] bool matches_tokens(const std::vector<Token>& tokens, std::string_view path) const noexcept;

    std::string text_;
    std::vector<CharacterSet> sets_;
    std::vector<Alternative> alternatives_;  // braces expanded
};

/// Patterns in order, `!pattern` taking paths back out: the last one that matches decides. Empty patterns (of macros
/// that expand to nothing) are left out.
class PathPatternList {
public:
    PathPatternList() = default;
    explicit PathPatternList(const std::vector<std::string>& patterns);
    [[nodiscard]] bool matches(std::string_view path) const noexcept;
    [[nodiscard]] bool empty() const noexcept { return items_.empty(); }

private:
    struct Item {
        PathPattern pattern;
        bool negated;
    };
    std::vector<Item> items_;
};

}  // namespace pystacks
