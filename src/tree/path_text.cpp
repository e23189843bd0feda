#include "tree/path_text.hpp"

#include "base/characters.hpp"

namespace pystacks::tree {

bool is_utf8(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        const Character character = first_character(bytes);
        if (character.code == Character{}.code && character.bytes == 1) return false;
        bytes.remove_prefix(character.bytes);
    }
    return true;
}

std::string printable_path(std::string_view path) { return escaped(path); }

std::string printable_line(std::string_view line) { return escaped(line, "\t\\"); }

}  // namespace pystacks::tree
