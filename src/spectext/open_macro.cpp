#include "spectext/open_macro.hpp"

#include <cstddef>

namespace pystacks::spectext {
namespace {

/// Counts one kind of bracket, once a macro has opened it.
void count(char c, char opening, char closing, int& depth) {
    if (depth == 0) return;
    if (c == opening) ++depth;
    if (c == closing) --depth;
}

}  // namespace

void OpenMacro::add(std::string_view line, Backslash backslash) {
    joined_ = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char next = i + 1 < line.size() ? line[i + 1] : '\0';
        if (line[i] == '\\') {
            joined_ = next == '\0' && backslash == Backslash::joins;
            ++i;
        } else if (line[i] == '%' && next != '\0') {
            if (next == '{') ++braces_;
            if (next == '(') ++parentheses_;
            if (next == '[') ++brackets_;
            if (next == '{' || next == '(' || next == '[' || next == '%') ++i;
        } else {
            count(line[i], '{', '}', braces_);
            count(line[i], '(', ')', parentheses_);
            count(line[i], '[', ']', brackets_);
        }
    }
}

}  // namespace pystacks::spectext
