#include "tree/path_text.hpp"

#include <cstddef>
#include <cstdint>

#include <fmt/format.h>

namespace pystacks::tree {
namespace {

/// The length of the UTF-8 character at the start of @p bytes; 0 when there is none.
std::size_t character_length(std::string_view bytes) noexcept {
    const auto first = static_cast<unsigned char>(bytes.front());
    if (first < 0x80) return 1;
    std::size_t length = 0;
    std::uint32_t value = 0;
    std::uint32_t smallest = 0;
    if ((first & 0xe0U) == 0xc0) {
        length = 2, value = first & 0x1fU, smallest = 0x80;
    } else if ((first & 0xf0U) == 0xe0) {
        length = 3, value = first & 0x0fU, smallest = 0x800;
    } else if ((first & 0xf8U) == 0xf0) {
        length = 4, value = first & 0x07U, smallest = 0x10000;
    } else {
        return 0;
    }
    if (bytes.size() < length) return 0;
    for (const char next : bytes.substr(1, length - 1)) {
        const auto byte = static_cast<unsigned char>(next);
        if ((byte & 0xc0U) != 0x80) return 0;
        value = (value << 6U) | (byte & 0x3fU);
    }
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    return value < smallest || value > 0x10ffff || surrogate ? 0 : length;
}

enum class Kept { neither, tabs_and_backslashes };

std::string printable(std::string_view bytes, Kept kept) {
    std::string text;
    while (!bytes.empty()) {
        const std::size_t length = character_length(bytes);
        const auto first = static_cast<unsigned char>(bytes.front());
        const bool special = first == '\\' || first == '\t';
        // U+0080 to U+009F are control characters too: C2 80 to C2 9F.
        const bool control = first < 0x20 || first == 0x7f || first == '\\' ||
                             (length == 2 && first == 0xc2 && static_cast<unsigned char>(bytes[1]) < 0xa0);
        if (length == 0 || (control && !(special && kept == Kept::tabs_and_backslashes))) {
            text += fmt::format("\\x{:02x}", first);
            bytes.remove_prefix(1);
            continue;
        }
        text += bytes.substr(0, length);
        bytes.remove_prefix(length);
    }
    return text;
}

}  // namespace

bool is_utf8(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const std::size_t length = character_length(bytes);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::string printable_path(std::string_view path) { return printable(path, Kept::neither); }

std::string printable_line(std::string_view line) { return printable(line, Kept::tabs_and_backslashes); }

}  // namespace pystacks::tree
