#include "rpm/spec_text.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace pystacks::rpm {

namespace {

bool is_name_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

char closing(char opening) { return opening == '{' ? '}' : opening == '[' ? ']' : ')'; }

/// The length of the macro that @p text starts with ("%{…}", "%[…]", "%(…)", "%name"); 0 when it starts with none.
std::size_t macro_length(std::string_view text) {
    if (text.size() < 2 || text[0] != '%') return 0;
    const char opening = text[1];
    if (opening == '{' || opening == '[' || opening == '(') {
        int depth = 0;
        for (std::size_t i = 1; i < text.size(); ++i) {
            if (text[i] == opening) ++depth;
            if (text[i] == closing(opening) && --depth == 0) return i + 1;
        }
        return 0;
    }
    std::size_t end = 1;
    while (end < text.size() && (text[end] == '?' || text[end] == '!')) ++end;
    const std::size_t name = end;
    while (end < text.size() && is_name_character(text[end])) ++end;
    return end == name ? 0 : end;
}

/// Whether the text is a macro whose value is always a number, which %if takes as it is.
bool is_truth_value(std::string_view text) {
    return text.starts_with("%[") || text.starts_with("%{with ") || text.starts_with("%{without ") ||
           text.starts_with("%{defined ") || text.starts_with("%{undefined ");
}

}  // namespace

bool may_expand_to_nothing(std::string_view value) {
    const auto has = [value](std::string_view mark) { return value.find(mark) != std::string_view::npos; };
    if (!has("%{?") && !has("%{!?") && !has("%[") && !has("%(")) return false;
    while (!value.empty()) {
        if (const std::size_t length = macro_length(value); length > 0) {
            value.remove_prefix(length);
        } else if (std::isspace(static_cast<unsigned char>(value.front())) != 0) {
            value.remove_prefix(1);
        } else {
            return false;
        }
    }
    return true;
}

std::string on_one_line(std::string_view text) {
    std::string line;
    for (const std::string& part : split(text, '\n')) {
        const std::string_view trimmed = trim(part);
        if (trimmed.empty()) continue;
        if (!line.empty()) line += ' ';
        line += trimmed;
    }
    return line;
}

std::string tag(std::string_view name, std::string_view value) {
    const std::string text = on_one_line(value);
    if (text.empty()) return {};
    std::string line = fmt::format("{:<15} {}\n", fmt::format("{}:", name), text);
    if (!may_expand_to_nothing(text)) return line;
    return fmt::format("%if \"{}\" != \"\"\n{}%endif\n", text, line);
}

std::string tags(std::string_view name, const std::vector<std::string>& values) {
    std::string lines;
    for (const std::string& value : values) lines += tag(name, value);
    return lines;
}

std::string global(std::string_view name, std::string_view body) {
    body = trim(body);
    if (body.empty()) return fmt::format("%global {} %{{nil}}\n", name);
    // A body in braces would lose them.
    const std::string_view guard = body.starts_with('{') ? "%{nil}" : "";
    return fmt::format("%global {} {}{}\n", name, guard, replace_all(body, "\n", "\\\n"));
}

std::string open_condition(const stack::Condition& condition) {
    const std::string text = on_one_line(condition.expression);
    if (macro_length(text) != text.size()) {
        throw Error(ErrorKind::usage, "cannot render the spec", condition.place.text(),
                    fmt::format("the condition `{}` is not one macro", text),
                    fmt::format("write an expression as %[ … ]: if = \"%[{}]\"", text));
    }
    if (is_truth_value(text)) return fmt::format("%if {}\n", text);
    return fmt::format("%if \"{0}\" != \"\" && \"{0}\" != \"0\"\n", text);
}

std::string conditional(const stack::Condition& condition, std::string body) {
    if (condition.expression.empty() || body.empty()) return body;
    return open_condition(condition) + body + "%endif\n";
}

}  // namespace pystacks::rpm
