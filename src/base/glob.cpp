#include "base/glob.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"

namespace pystacks {

namespace {

constexpr std::size_t longest_pattern = 1000;
constexpr std::size_t most_alternatives = 256;

[[noreturn]] void reject(std::string_view pattern, std::string reason) {
    throw Error(ErrorKind::usage, "cannot use the path pattern", std::string(pattern), std::move(reason),
                "to match one of *?[]{} itself, put it between brackets: [*]");
}

/// The position of the `]` that ends the set which begins at @p begin. As in a shell, a `]` that comes first is a
/// member of the set.
/// @param text the whole pattern as it was written, for messages
std::size_t end_of_set(std::string_view text, std::string_view pattern, std::size_t begin) {
    std::size_t position = begin + 1;
    if (position < pattern.size() && (pattern[position] == '!' || pattern[position] == '^')) ++position;
    const std::size_t end = pattern.find(']', position + 1);
    if (end == std::string_view::npos) reject(text, "it has a '[' without a ']'");
    return end;
}

struct BraceGroup {
    std::size_t begin = 0, end = 0;  // of '{' and of its '}'
    std::vector<std::string_view> members;
    bool found = false;
};

/// The first outermost `{…}`, with its members.
BraceGroup first_group(std::string_view text, std::string_view pattern) {
    BraceGroup group;
    std::size_t depth = 0;
    std::size_t member = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        if (c == '[') {
            i = end_of_set(text, pattern, i);
        } else if (c == '{') {
            if (++depth == 1) {
                group.begin = i;
                member = i + 1;
            }
        } else if (c == '}') {
            if (depth == 0) reject(text, "it has a '}' without a '{'");
            if (--depth == 0) {
                group.members.push_back(pattern.substr(member, i - member));
                group.end = i;
                group.found = true;
                return group;
            }
        } else if (c == ',' && depth == 1) {
            group.members.push_back(pattern.substr(member, i - member));
            member = i + 1;
        }
    }
    if (depth > 0) reject(text, "it has a '{' without a '}'");
    return group;
}

std::vector<std::string> expand_braces(const std::string& pattern) {
    std::vector<std::string> finished;
    std::vector<std::string> pending{pattern};
    while (!pending.empty()) {
        const std::string current = std::move(pending.back());
        pending.pop_back();
        const BraceGroup group = first_group(pattern, current);
        if (!group.found) {
            finished.push_back(current);
            continue;
        }
        if (finished.size() + pending.size() + group.members.size() > most_alternatives) {
            reject(pattern, fmt::format("its braces stand for more than {} patterns", most_alternatives));
        }
        for (const std::string_view member : group.members) {
            pending.push_back(current.substr(0, group.begin) + std::string(member) + current.substr(group.end + 1));
        }
    }
    return finished;
}

}  // namespace

PathPattern::PathPattern(std::string pattern) : text_(std::move(pattern)) {
    if (text_.size() > longest_pattern) {
        reject(text_, fmt::format("it is longer than {} characters", longest_pattern));
    }
    for (const std::string& expanded : expand_braces(text_)) alternatives_.push_back(compile(expanded));
}

PathPattern::Token PathPattern::compile_set(std::string_view body) {
    const bool negated = body.starts_with('!') || body.starts_with('^');
    if (negated) body.remove_prefix(1);
    const auto code = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c)); };
    CharacterSet set;
    for (std::size_t i = 0; i < body.size(); ++i) {
        const std::size_t first = code(body[i]);
        std::size_t last = first;
        if (i + 2 < body.size() && body[i + 1] == '-') {
            last = code(body[i + 2]);
            i += 2;
        }
        if (first > last) reject(text_, "a range in its brackets ends before it begins");
        for (std::size_t c = first; c <= last; ++c) set.set(c);
    }
    if (negated) set.flip();
    set.reset('/');
    // Alternatives repeat each other's sets. Sharing them keeps the number below the length of the pattern.
    const auto index = std::find(sets_.begin(), sets_.end(), set) - sets_.begin();
    if (static_cast<std::size_t>(index) == sets_.size()) sets_.push_back(set);
    return {Token::Kind::one_of, 0, static_cast<std::uint16_t>(index)};
}

PathPattern::Alternative PathPattern::compile(std::string_view expanded) {
    using Kind = Token::Kind;
    Alternative result;
    std::vector<Token>& tokens = result.tokens;
    for (std::size_t i = 0; i < expanded.size(); ++i) {
        const char c = expanded[i];
        if (c == '[') {
            const std::size_t end = end_of_set(text_, expanded, i);
            tokens.push_back(compile_set(expanded.substr(i + 1, end - i - 1)));
            i = end;
        } else if (c == '?') {
            tokens.push_back(compile_set("!/"));
        } else if (c == '*') {
            const std::size_t end = std::min(expanded.find_first_not_of('*', i), expanded.size());
            const bool starts_component = i == 0 || expanded[i - 1] == '/';
            if (end - i == 1) {
                tokens.push_back({Kind::star});
            } else if (starts_component && end < expanded.size() && expanded[end] == '/') {
                tokens.push_back({Kind::folders});
                i = end;
                continue;
            } else {
                if (starts_component && i > 0 && end == expanded.size() && tokens.back().kind == Kind::literal) {
                    tokens.back().kind = Kind::below;
                }
                tokens.push_back({Kind::double_star});
            }
            i = end - 1;
        } else {
            tokens.push_back({Kind::literal, c});
        }
    }
    const auto first_special =
        std::find_if(tokens.begin(), tokens.end(), [](const Token& token) { return token.kind != Kind::literal; });
    for (auto token = tokens.begin(); token != first_special; ++token) result.prefix += token->literal;
    tokens.erase(tokens.begin(), first_special);
    return result;
}

/// All positions in the pattern that the path so far can have led to are followed at once, so no pattern makes this
/// slower than the product of both lengths.
bool PathPattern::matches_tokens(const std::vector<Token>& tokens, std::string_view path) const noexcept {
    using Kind = Token::Kind;
    std::array<bool, longest_pattern + 1> reached{};
    const auto reach = [&](std::size_t position) {
        reached[position] = true;
        while (position < tokens.size() &&
               (tokens[position].kind == Kind::star || tokens[position].kind == Kind::double_star ||
                tokens[position].kind == Kind::folders)) {
            reached[++position] = true;  // these may stand for nothing
        }
    };
    reach(0);
    for (const char c : path) {
        bool alive = false;
        reached[tokens.size()] = false;
        // Backwards: a step leads to the same position or a later one, which has been dealt with by then.
        for (std::size_t position = tokens.size(); position-- > 0;) {
            if (!std::exchange(reached[position], false)) continue;
            const Token& token = tokens[position];
            bool steps = false;
            bool stays = false;
            switch (token.kind) {
                case Kind::literal:
                    steps = c == token.literal;
                    break;
                case Kind::one_of:
                    steps = sets_[token.set].test(static_cast<unsigned char>(c));
                    break;
                case Kind::star:
                    stays = c != '/';
                    steps = stays;
                    break;
                case Kind::double_star:
                    stays = true;
                    steps = true;
                    break;
                case Kind::folders:
                    stays = true;
                    steps = c == '/';
                    break;
                case Kind::below:
                    steps = c == '/';
                    break;
            }
            if (stays) reached[position] = true;
            if (steps) reach(position + 1);
            alive = alive || stays || steps;
        }
        if (!alive) return false;
    }
    if (reached[tokens.size()]) return true;
    return tokens.size() >= 2 && tokens[tokens.size() - 2].kind == Kind::below && reached[tokens.size() - 2];
}

bool PathPattern::matches(std::string_view path) const noexcept {
    return std::any_of(alternatives_.begin(), alternatives_.end(), [&](const Alternative& alternative) {
        return path.starts_with(alternative.prefix) &&
               matches_tokens(alternative.tokens, path.substr(alternative.prefix.size()));
    });
}

PathPatternList::PathPatternList(const std::vector<std::string>& patterns) {
    for (const std::string& text : patterns) {
        const bool negated = text.starts_with('!');
        std::string pattern = negated ? text.substr(1) : text;
        if (!pattern.empty()) items_.push_back({PathPattern(std::move(pattern)), negated});
    }
}

bool PathPatternList::matches(std::string_view path) const noexcept {
    const auto decisive =
        std::find_if(items_.rbegin(), items_.rend(), [path](const Item& item) { return item.pattern.matches(path); });
    return decisive != items_.rend() && !decisive->negated;
}

}  // namespace pystacks
