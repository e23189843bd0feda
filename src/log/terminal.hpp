#pragma once

namespace pystacks::log {

/// Whether @p descriptor is a terminal that takes cursor movements: TERM=dumb says no.
[[nodiscard]] bool can_redraw(int descriptor);

/// Whether it shows colours, too: NO_COLOR (https://no-color.org) says no, and so do terminals that have none.
[[nodiscard]] bool shows_colours(int descriptor);

}  // namespace pystacks::log
