#include "report/display_width.hpp"

#include <array>
#include <cstdint>

#include "base/characters.hpp"

namespace pystacks::report {
namespace {

struct Range {
    std::uint32_t first, last;
};

// The blocks that matter in names and messages; from the Unicode Standard's EastAsianWidth and General_Category.
constexpr std::array<Range, 7> combining{{{0x0300, 0x036F},
                                          {0x0483, 0x0489},
                                          {0x0591, 0x05BD},
                                          {0x1AB0, 0x1AFF},
                                          {0x200B, 0x200F},
                                          {0x20D0, 0x20FF},
                                          {0xFE00, 0xFE0F}}};
constexpr std::array<Range, 10> wide{{{0x1100, 0x115F},
                                      {0x2E80, 0x303E},
                                      {0x3041, 0xA4CF},
                                      {0xAC00, 0xD7A3},
                                      {0xF900, 0xFAFF},
                                      {0xFE30, 0xFE6F},
                                      {0xFF00, 0xFF60},
                                      {0xFFE0, 0xFFE6},
                                      {0x1F300, 0x1F64F},
                                      {0x20000, 0x3FFFD}}};

template <std::size_t Size>
bool contains(const std::array<Range, Size>& ranges, std::uint32_t code) noexcept {
    for (const Range& range : ranges) {
        if (code >= range.first && code <= range.last) return true;
    }
    return false;
}

int width_of(std::uint32_t code) noexcept {
    if (contains(combining, code)) return 0;
    return contains(wide, code) ? 2 : 1;
}

}  // namespace

int display_width(std::string_view text) noexcept {
    int width = 0;
    while (!text.empty()) {
        const Character character = first_character(text);
        width += width_of(character.code);
        text.remove_prefix(character.bytes);
    }
    return width;
}

std::string cut_to_width(std::string_view text, int columns) {
    if (display_width(text) <= columns) return std::string(text);
    if (columns < 1) return {};
    std::size_t bytes = 0;
    int width = 0;
    while (bytes < text.size()) {
        const Character character = first_character(text.substr(bytes));
        if (width + width_of(character.code) > columns - 1) break;
        width += width_of(character.code);
        bytes += character.bytes;
    }
    return std::string(text.substr(0, bytes)) + "…";
}

}  // namespace pystacks::report
