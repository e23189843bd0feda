#include "stackbuild/condition_parser.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "base/text.hpp"

namespace pystacks::stackbuild {
namespace {

using Kind = ConditionNode::Kind;

constexpr std::string_view blanks = " \t\n";
constexpr int deepest = 20;  // nobody writes more, and "? :" doubles what is in front of it

ConditionNode leaf(Kind kind) { return {kind, {}, {}}; }
ConditionNode with(std::string_view bcond) { return {Kind::with, std::string(bcond), {}}; }

ConditionNode joined(Kind kind, std::vector<ConditionNode> parts) {
    if (parts.size() == 1) return std::move(parts.front());
    return {kind, {}, std::move(parts)};
}

/// Behind the bracket that closes the one at @p open; npos when none does.
std::size_t closed_at(std::string_view text, std::size_t open, char opening, char closing) {
    int depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        if (text[at] == opening) ++depth;
        if (text[at] == closing && --depth == 0) return at + 1;
    }
    return std::string_view::npos;
}

bool is_name(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(),
                                        [](unsigned char each) { return std::isalnum(each) != 0 || each == '_'; });
}

std::optional<std::string_view> without_beginning(std::string_view text, std::string_view beginning) {
    if (!text.starts_with(beginning)) return std::nullopt;
    return text.substr(beginning.size());
}

ConditionNode read_text(std::string_view text, int depth);
ConditionNode read_expression(std::string_view text, int depth);

/// Whether a macro is defined that rpm defines for a bcond: with_NAME, and on the command line _with_NAME.
ConditionNode is_defined(std::string_view macro) {
    for (const std::string_view beginning : {"_with_", "with_"}) {
        if (const auto name = without_beginning(macro, beginning)) return with(*name);
    }
    if (const auto name = without_beginning(macro, "_without_")) return negated(with(*name));
    return leaf(Kind::unknown);
}

/// "%{?NAME:BODY}", without the text around it.
ConditionNode read_conditional(std::string_view inside, int depth) {
    const std::size_t name_at = inside.find_first_not_of("?!");
    if (name_at == std::string_view::npos) return leaf(Kind::unknown);
    const bool inverse =
        std::count(inside.begin(), inside.begin() + static_cast<std::ptrdiff_t>(name_at), '!') % 2 != 0;
    const std::string_view rest = inside.substr(name_at);
    const std::size_t colon = rest.find(':');
    const std::string_view name = rest.substr(0, colon);
    if (!is_name(name)) return leaf(Kind::unknown);
    // Without a body it is the macro's value, and nothing where it is not defined.
    if (colon == std::string_view::npos) return inverse ? leaf(Kind::never) : is_defined(name);
    ConditionNode defined = is_defined(name);
    std::vector<ConditionNode> parts{inverse ? negated(std::move(defined)) : std::move(defined)};
    parts.push_back(read_text(rest.substr(colon + 1), depth));
    return joined(Kind::all_of, std::move(parts));
}

/// What is between "%{" and "}".
ConditionNode read_macro(std::string_view inside, int depth) {
    if (inside.starts_with('?') || inside.starts_with('!')) return read_conditional(inside, depth);
    const std::size_t end = inside.find_first_of(" \t:");
    const std::string_view name = inside.substr(0, end);
    const std::string_view argument = end == std::string_view::npos ? "" : trim(inside.substr(end + 1));
    if (name == "expr") return read_expression(argument, depth);
    if (!is_name(argument)) return end == std::string_view::npos ? is_defined(name) : leaf(Kind::unknown);
    if (name == "with") return with(argument);
    if (name == "without") return negated(with(argument));
    if (name == "defined") return is_defined(argument);
    if (name == "undefined") return negated(is_defined(argument));
    return leaf(Kind::unknown);
}

/// A macro at the beginning of @p text, which is shortened by it.
ConditionNode take_macro(std::string_view& text, int depth) {
    const bool expression = text.starts_with("%[");
    const std::size_t end = expression ? closed_at(text, 1, '[', ']') : closed_at(text, 1, '{', '}');
    const bool braces = expression || text.starts_with("%{");
    if (!braces ||
        end == std::string_view::npos) {  // %NAME, %(COMMAND), or never closed: what belongs to it is not known
        text = {};
        return leaf(Kind::unknown);
    }
    const std::string_view inside = text.substr(2, end - 3);
    text.remove_prefix(end);
    return expression ? read_expression(inside, depth) : read_macro(inside, depth);
}

/// False when rpm would expand it to nothing or to "0". Of several pieces, any that is there makes it true.
ConditionNode read_text(std::string_view text, int depth) {
    text = trim(text);
    if (depth > deepest) return leaf(Kind::unknown);
    std::vector<ConditionNode> macros;
    std::string literal;
    while (!text.empty()) {
        const std::size_t macro = text.find('%');
        literal += text.substr(0, macro);
        if (macro == std::string_view::npos) break;
        text.remove_prefix(macro);
        if (text.starts_with("%%")) {
            literal += '%';
            text.remove_prefix(2);
        } else {
            macros.push_back(take_macro(text, depth + 1));
        }
    }
    if (!literal.empty() && literal != "0") return leaf(Kind::always);
    if (macros.empty()) return leaf(Kind::never);
    return joined(Kind::at_least_one, std::move(macros));
}

/// Reads an expression of rpm's from the left to the right.
class ExpressionReader {
public:
    ExpressionReader(std::string_view text, int depth) noexcept : text_(text), depth_(depth) {}

    ConditionNode read() {
        ConditionNode node = ternary();
        skip_blanks();
        return text_.empty() ? node : leaf(Kind::unknown);
    }

private:
    struct Operand {
        ConditionNode node;
        std::string_view text;
    };

    void skip_blanks() { text_.remove_prefix(std::min(text_.find_first_not_of(blanks), text_.size())); }

    bool take(std::string_view word) {
        skip_blanks();
        if (!text_.starts_with(word)) return false;
        text_.remove_prefix(word.size());
        return true;
    }

    /// What is nested too deeply is not read.
    template <typename Read>
    ConditionNode deeper(Read read) {
        if (depth_ >= deepest) {
            text_ = {};
            return leaf(Kind::unknown);
        }
        ++depth_;
        ConditionNode node = read();
        --depth_;
        return node;
    }

    ConditionNode ternary() {
        return deeper([this] { return read_ternary(); });
    }

    ConditionNode read_ternary() {
        ConditionNode condition = list(Kind::at_least_one);
        if (!take("?")) return condition;
        ConditionNode yes = ternary();
        if (!take(":")) return leaf(Kind::unknown);
        ConditionNode no = ternary();
        ConditionNode opposite = negated(condition);
        return joined(Kind::at_least_one, {joined(Kind::all_of, {std::move(condition), std::move(yes)}),
                                           joined(Kind::all_of, {std::move(opposite), std::move(no)})});
    }

    /// Parts with || between them, and with && between their own parts.
    ConditionNode list(Kind kind) {
        const bool alternatives = kind == Kind::at_least_one;
        std::vector<ConditionNode> parts;
        do {
            parts.push_back(alternatives ? list(Kind::all_of) : comparison());
        } while (take(alternatives ? "||" : "&&"));
        return joined(kind, std::move(parts));
    }

    ConditionNode comparison() {
        Operand left = operand();
        for (const std::string_view comparing : {"==", "!="}) {
            if (!take(comparing)) continue;
            const Operand right = operand();
            // A bcond is 1 or 0; anything else that is compared is not ours to know.
            const bool equal_to_one = right.text == "1" && comparing == "==";
            const bool unequal_to_zero = right.text == "0" && comparing == "!=";
            if (right.text != "0" && right.text != "1") return leaf(Kind::unknown);
            return equal_to_one || unequal_to_zero ? std::move(left.node) : negated(std::move(left.node));
        }
        for (const std::string_view other : {"<=", ">=", "<", ">", "+", "-", "*", "/"}) {
            if (!take(other)) continue;
            comparison();
            return leaf(Kind::unknown);
        }
        return std::move(left.node);
    }

    Operand operand() {
        if (take("!")) return {negated(deeper([this] { return operand().node; })), {}};
        if (take("(")) {
            ConditionNode inner = ternary();
            return {take(")") ? std::move(inner) : leaf(Kind::unknown), {}};
        }
        skip_blanks();
        if (text_.starts_with('"')) return quoted();
        return word();
    }

    /// A macro in it may have quotes of its own.
    Operand quoted() {
        std::size_t end = 1;
        while (end < text_.size() && text_[end] != '"') end = behind_macro(end);
        const std::string_view inside = text_.substr(1, std::min(end, text_.size()) - 1);
        text_.remove_prefix(std::min(end + 1, text_.size()));
        // A text is true unless it is empty, "0" too.
        return {inside == "0" ? leaf(Kind::always) : read_text(inside, depth_), {}};
    }

    /// A number, a macro, or both without a blank between them.
    Operand word() {
        std::size_t end = 0;
        while (end < text_.size() &&
               std::string_view(" \t\n()!=&|<>?:+-*/\"").find(text_[end]) == std::string_view::npos) {
            end = behind_macro(end);
        }
        const std::string_view taken = text_.substr(0, end);
        text_.remove_prefix(end);
        return {taken.empty() ? leaf(Kind::unknown) : read_text(taken, depth_), taken};
    }

    [[nodiscard]] std::size_t behind_macro(std::size_t at) const {
        const std::string_view rest = text_.substr(at);
        std::size_t end = at + 1;
        if (rest.starts_with("%{")) end = closed_at(text_, at + 1, '{', '}');
        if (rest.starts_with("%[")) end = closed_at(text_, at + 1, '[', ']');
        if (rest.starts_with("%(")) end = closed_at(text_, at + 1, '(', ')');
        return std::min(end, text_.size());
    }

    std::string_view text_;
    int depth_;
};

ConditionNode read_expression(std::string_view text, int depth) { return ExpressionReader(text, depth).read(); }

}  // namespace

ConditionNode negated(ConditionNode node) {
    constexpr auto opposite = [](Kind kind) {
        switch (kind) {
            case Kind::always:
                return Kind::never;
            case Kind::never:
                return Kind::always;
            case Kind::with:
                return Kind::without;
            case Kind::without:
                return Kind::with;
            case Kind::all_of:
                return Kind::at_least_one;
            case Kind::at_least_one:
                return Kind::all_of;
            default:
                return kind;
        }
    };
    node.kind = opposite(node.kind);
    for (ConditionNode& part : node.parts) part = negated(std::move(part));
    return node;
}

ConditionNode parse_condition(std::string_view condition) { return read_text(condition, 0); }

}  // namespace pystacks::stackbuild
