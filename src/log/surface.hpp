#pragma once

#include <string_view>

namespace pystacks::log {

/// Something that draws on the terminal, and so has to be asked before anybody writes to it.
class Surface {
public:
    virtual ~Surface() = default;
    /// Shows whole lines above what it draws. Called by any thread, by one at a time; must not log.
    virtual void print(std::string_view lines) = 0;
};

/// Messages go to @p surface from now on, instead of to stderr. One at a time; it must be detached before it ends.
void attach(Surface& surface);

/// Back to stderr. On return no thread is in Surface::print() any more.
void detach(Surface& surface);

}  // namespace pystacks::log
