#pragma once

#include <string>
#include <string_view>
#include <vector>

/// As much of a terminal as our frames need: a screen, a cursor, the few control sequences; anything else throws.
/// Every character is one column; one beyond ASCII is shown as '~'.
class MiniatureTerminal {
public:
    MiniatureTerminal(int columns, int rows);

    /// Does what a terminal would do with @p bytes. @throws std::runtime_error on a sequence it does not know.
    void write(std::string_view bytes);

    /// The rows from the top to the last one with text, without trailing blanks; what scrolled out comes first.
    [[nodiscard]] std::vector<std::string> text() const;
    /// Narrower or wider, wrapping again what is on the screen, as today's terminals do. The cursor stays at its text.
    void resize(int columns);

private:
    void put(char character);
    void line_feed();
    std::size_t control_sequence(std::string_view bytes);

    int columns_, rows_;
    int row_ = 0, column_ = 0;
    bool wrap_pending_ = false;
    std::vector<std::string> screen_;
    std::vector<bool> wrapped_;  // whether the row goes on in the next one
    std::vector<std::string> history_;
};
