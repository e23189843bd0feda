#include "base/characters.hpp"

#include <array>

#include <fmt/format.h>

namespace pystacks {
namespace {

bool is_control(std::uint32_t code) noexcept { return code < 0x20U || (code >= 0x7FU && code < 0xA0U); }

/// A stray byte may be an eight-bit control character to the terminal.
bool is_stray(const Character& character) noexcept { return character.code == 0xFFFDU && character.bytes == 1; }

std::string shown(std::string_view text, bool several_lines) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Character character = first_character(text);
        if (character.code == '\t') {
            result += ' ';
        } else if (character.code == '\n' && several_lines) {
            result += '\n';
        } else if (is_control(character.code) || is_stray(character)) {
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
    constexpr std::array<std::uint32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xD800U && code < 0xE000U;
    if (code < smallest.at(length) || code > 0x10FFFFU || surrogate) return {};
    return {code, length};
}

bool has_control_character(std::string_view text, std::string_view allowed) noexcept {
    while (!text.empty()) {
        const Character character = first_character(text);
        if (is_control(character.code) && allowed.find(text.front()) == std::string_view::npos) return true;
        text.remove_prefix(character.bytes);
    }
    return false;
}

std::string without_control_characters(std::string_view text) { return shown(text, false); }

std::string lines_without_control_characters(std::string_view text) { return shown(text, true); }

std::string escaped(std::string_view text, std::string_view kept) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const Character character = first_character(text);
        const std::string_view bytes = text.substr(0, character.bytes);
        const bool special = is_control(character.code) || is_stray(character) || character.code == '\\';
        if (special && kept.find(bytes) == std::string_view::npos) {
            for (const char byte : bytes) result += fmt::format("\\x{:02x}", static_cast<std::uint8_t>(byte));
        } else {
            result += bytes;
        }
        text.remove_prefix(character.bytes);
    }
    return result;
}

}  // namespace pystacks
