#include "base/expression.hpp"

#include <re2/re2.h>

#include "base/error.hpp"

namespace pystacks {
namespace {

using re2::RE2;
using re2::StringPiece;
using Parts = std::vector<StringPiece>;

/// Where RE2 is compiled with Abseil, StringPiece is absl::string_view, which need not be std::string_view: Debian's is
/// a class of its own.
StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

/// Bytes, not UTF-8: what specs and libraries are called may be in any encoding.
RE2::Options over_bytes() {
    RE2::Options options(RE2::Latin1);
    options.set_log_errors(false);
    return options;
}

Expression::Groups texts(const Parts& parts) {
    Expression::Groups result;
    for (const StringPiece& part : parts) result.emplace_back(part.data(), part.size());
    return result;
}

/// What of @p text, from @p begin on, matches first, and each group of it.
std::optional<Parts> match(const RE2& expression, std::string_view text, std::size_t begin, RE2::Anchor anchor) {
    Parts parts(static_cast<std::size_t>(expression.NumberOfCapturingGroups()) + 1);
    if (!expression.Match(piece(text), begin, text.size(), anchor, parts.data(), static_cast<int>(parts.size())))
        return {};
    return parts;
}

}  // namespace

Expression::Expression(const std::string& text) : compiled_(std::make_shared<const RE2>(text, over_bytes())) {
    if (!compiled_->ok()) {
        throw Error(ErrorKind::usage, "cannot read a regular expression", text, compiled_->error(), "");
    }
}

bool Expression::matches(std::string_view text) const {
    return compiled_->Match(piece(text), 0, text.size(), RE2::ANCHOR_BOTH, nullptr, 0);
}

bool Expression::is_in(std::string_view text) const {
    return compiled_->Match(piece(text), 0, text.size(), RE2::UNANCHORED, nullptr, 0);
}

std::optional<Expression::Groups> Expression::groups_of(std::string_view text) const {
    const std::optional<Parts> parts = match(*compiled_, text, 0, RE2::ANCHOR_BOTH);
    return parts ? std::optional(texts(*parts)) : std::nullopt;
}

std::optional<Expression::Groups> Expression::first_in(std::string_view text) const {
    const std::optional<Parts> parts = match(*compiled_, text, 0, RE2::UNANCHORED);
    return parts ? std::optional(texts(*parts)) : std::nullopt;
}

std::vector<Expression::Groups> Expression::all_in(std::string_view text) const {
    std::vector<Groups> result;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::optional<Parts> parts = match(*compiled_, text, begin, RE2::UNANCHORED);
        if (!parts) break;
        result.push_back(texts(*parts));
        const StringPiece& whole = parts->front();
        const std::size_t end = static_cast<std::size_t>(whole.data() - text.data()) + whole.size();
        begin = whole.empty() ? end + 1 : end;
    }
    return result;
}

std::string Expression::removed_from(std::string text) const {
    RE2::GlobalReplace(&text, *compiled_, "");
    return text;
}

}  // namespace pystacks
