#include "base/expression.hpp"

#include <regex>

#include "base/error.hpp"

namespace pystacks {
namespace {

using Match = std::match_results<std::string_view::const_iterator>;

Expression::Groups groups(const Match& match) {
    Expression::Groups result;
    for (const auto& group : match) result.push_back(group.str());
    return result;
}

}  // namespace

struct Expression::Compiled {
    std::regex regex;
};

Expression::Expression(const std::string& text) {
    try {
        compiled_ = std::make_shared<const Compiled>(Compiled{std::regex(text)});
    } catch (const std::regex_error& error) {
        throw Error(ErrorKind::usage, "cannot read a regular expression", text, error.what(), "");
    }
}

bool Expression::matches(std::string_view text) const {
    return std::regex_match(text.begin(), text.end(), compiled_->regex);
}

bool Expression::is_in(std::string_view text) const {
    return std::regex_search(text.begin(), text.end(), compiled_->regex);
}

std::optional<Expression::Groups> Expression::groups_of(std::string_view text) const {
    Match match;
    if (!std::regex_match(text.begin(), text.end(), match, compiled_->regex)) return {};
    return groups(match);
}

std::optional<Expression::Groups> Expression::first_in(std::string_view text) const {
    Match match;
    if (!std::regex_search(text.begin(), text.end(), match, compiled_->regex)) return {};
    return groups(match);
}

std::vector<Expression::Groups> Expression::all_in(const std::string& text) const {
    using Iterator = std::regex_iterator<std::string_view::const_iterator>;
    const std::string_view view = text;
    std::vector<Groups> result;
    for (Iterator match(view.begin(), view.end(), compiled_->regex), end; match != end; ++match)
        result.push_back(groups(*match));
    return result;
}

std::string Expression::removed_from(const std::string& text) const {
    return std::regex_replace(text, compiled_->regex, "");
}

}  // namespace pystacks
