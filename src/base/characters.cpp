#include "base/characters.hpp"

namespace pystacks {
namespace {

std::string shown(std::string_view text, bool several_lines) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Character character = first_character(text);
        const bool control = character.code < 0x20U || (character.code >= 0x7FU && character.code < 0xA0U);
        // A stray byte may be an eight-bit control character to the terminal.
        const bool stray = character.code == 0xFFFDU && character.bytes == 1;
        if (character.code == '\t') {
            result += ' ';
        } else if (character.code == '\n' && several_lines) {
            result += '\n';
        } else if (control || stray) {
            result += '?';
        } else {
            result += text.substr(0, character.bytes);
        }
        text.remove_prefix(character.bytes);
    }
    return result;
}

}  // namespace

Character first_character(std::string_view text) noexcept {
    const auto byte = [&](std::size_t index) { return static_cast<std::uint8_t>(text[index]); };
    const std::uint8_t lead = byte(0);
    std::size_t length = 0;
    if (lead < 0x80U) return {lead, 1};
    if (lead >= 0xC2U && lead < 0xE0U) length = 2;
    if (lead >= 0xE0U && lead < 0xF0U) length = 3;
    if (lead >= 0xF0U && lead < 0xF5U) length = 4;
    if (length == 0 || text.size() < length) return {};
    std::uint32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t index = 1; index < length; ++index) {
        if ((byte(index) & 0xC0U) != 0x80U) return {};
        code = (code << 6U) | (byte(index) & 0x3FU);
    }
    return {code, length};
}

std::string without_control_characters(std::string_view text) { return shown(text, false); }

std::string lines_without_control_characters(std::string_view text) { return shown(text, true); }

}  // namespace pystacks
