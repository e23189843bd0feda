#include "report/frame.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "report/display_width.hpp"

namespace pystacks::report {
namespace {

constexpr const char* clear_below = "\x1b[J";
constexpr const char* clear_right = "\x1b[K";

}  // namespace

int FrameComposer::rows_taken(TerminalSize size) const {
    // Lines that were drawn on a wider terminal wrap when it is made narrower: count the rows they take now.
    const int columns = std::max(1, size.columns);
    int rows = 0;
    for (const int width : drawn_widths_) rows += std::max(1, (width + columns - 1) / columns);
    return rows;
}

std::string FrameComposer::frame(const std::vector<std::string>& scrolled, const std::vector<std::string>& live,
                                 TerminalSize size) {
    std::string bytes;
    const int rows = rows_taken(size);
    if (rows > 0) bytes += "\r";
    if (rows > 1) bytes += fmt::format("\x1b[{}A", rows - 1);
    // Scrolled lines may be as long as they like, so the place they go to is cleared before they are written.
    if (!scrolled.empty() || static_cast<int>(live.size()) < rows) bytes += clear_below;
    for (const std::string& line : scrolled) bytes += line + "\r\n";

    // When there are more lanes than rows the last ones are shown; the last column stays free, so that nothing wraps.
    const auto fitting = static_cast<std::size_t>(std::max(1, size.rows - 1));
    const std::size_t first = live.size() > fitting ? live.size() - fitting : 0;
    drawn_widths_.clear();
    for (std::size_t index = first; index < live.size(); ++index) {
        const std::string line = cut_to_width(live[index], size.columns - 1);
        if (index != first) bytes += "\r\n";
        bytes += line + clear_right;
        drawn_widths_.push_back(display_width(line));
    }
    return bytes;
}

}  // namespace pystacks::report
