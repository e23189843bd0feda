#include "log/terminal.hpp"

#include <cstdlib>
#include <string_view>

#include <unistd.h>

namespace pystacks::log {

namespace {

/// An unset variable is as good as an empty one.
std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// Terminals of one colour, by the names that terminfo gives them.
bool is_monochrome(std::string_view terminal) {
    return terminal.starts_with("vt1") || terminal.starts_with("vt2") || terminal.ends_with("-m") ||
           terminal.ends_with("-mono");
}

}  // namespace

bool can_redraw(int descriptor) {
    return ::isatty(descriptor) != 0 && !variable("TERM").empty() && variable("TERM") != "dumb";
}

bool shows_colours(int descriptor) {
    return can_redraw(descriptor) && variable("NO_COLOR").empty() && !is_monochrome(variable("TERM"));
}

}  // namespace pystacks::log
