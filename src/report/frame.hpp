#pragma once

#include <string>
#include <vector>

namespace pystacks::report {

/// Columns and rows of a terminal.
struct TerminalSize {
    int columns = 80;
    int rows = 24;
};

/// The bottom layer: turns lines into the bytes that make a terminal show them. Writes nothing itself.
///
/// The live lines are at the bottom, the cursor is left at the end of the last one; the next frame goes up over them.
/// A frame without live lines takes them away. Nothing about the terminal is changed, the cursor stays visible: a
/// program that is killed could not put it back.
class FrameComposer {
public:
    /// @param scrolled lines to add for good above the live ones
    /// @param live     what the live lines say now; cut to the terminal's width, and its height
    [[nodiscard]] std::string frame(const std::vector<std::string>& scrolled, const std::vector<std::string>& live,
                                    TerminalSize size);

private:
    /// Rows that the live lines take on a terminal of this size.
    [[nodiscard]] int rows_taken(TerminalSize size) const;

    std::vector<int> drawn_widths_;  // of the live lines on the screen
};

}  // namespace pystacks::report
