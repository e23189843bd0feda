#include "log/terminal.hpp"

#include <cstdlib>
#include <string_view>

#include <unistd.h>

namespace pystacks::log {

bool is_capable_terminal(int descriptor) {
    if (::isatty(descriptor) == 0) return false;
    const char* no_color = std::getenv("NO_COLOR");
    if (no_color != nullptr && *no_color != '\0') return false;
    const char* terminal = std::getenv("TERM");
    return terminal != nullptr && *terminal != '\0' && std::string_view(terminal) != "dumb";
}

}  // namespace pystacks::log
