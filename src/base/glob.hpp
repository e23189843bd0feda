#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pystacks {

/// A path pattern of a stack description.
///
/// `?` and `[…]` match one character other than `/`, `*` any number of them; `**` matches any number of characters,
/// slashes included, and `/**/` also a single slash; `{a,b}` matches either. Everything else matches itself.
/// The whole path has to match, except that a pattern without a leading `/` that starts with `**/` matches at any depth.
/// Matching is linear in the path's length for each alternative; patterns come from packagers, paths from builds.
class PathPattern {
public:
    /// @throws Error (usage) on an unbalanced brace or bracket.
    explicit PathPattern(std::string pattern);
    [[nodiscard]] bool matches(std::string_view path) const noexcept;
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    std::string text_;
    std::vector<std::string> alternatives_;  // braces expanded
};

/// Patterns in order, `!pattern` taking paths back out: the last one that matches decides.
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
