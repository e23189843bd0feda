#pragma once

namespace pystacks::log {

/// Whether @p descriptor is a terminal that takes colours and cursor movements: NO_COLOR and TERM=dumb say no.
[[nodiscard]] bool is_capable_terminal(int descriptor);

}  // namespace pystacks::log
