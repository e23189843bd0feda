#include "findings/markup.hpp"

#include "base/json.hpp"
#include "base/text.hpp"

namespace pystacks::findings {
namespace {

constexpr const char* replacement_character = "\xEF\xBF\xBD";  // U+FFFD

/// What a program printed may be anything; XML may not. @returns the bytes with U+FFFD for what is not UTF-8.
std::string valid_utf8(const std::string& bytes) {
    const nlohmann::json text = bytes;
    const std::string quoted = json_text(text);
    return parse_json(quoted).get<std::string>();
}

}  // namespace

std::string escape_markup(const std::string& bytes) {
    // XML has no U+FFFE and U+FFFF either.
    std::string text = replace_all(valid_utf8(bytes), "\xEF\xBF\xBE", replacement_character);
    text = replace_all(text, "\xEF\xBF\xBF", replacement_character);
    std::string result;
    for (const char character : text) {
        switch (character) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                if (static_cast<unsigned char>(character) >= ' ' || character == '\n' || character == '\t') {
                    result += character;
                } else {
                    result += replacement_character;
                }
        }
    }
    return result;
}

}  // namespace pystacks::findings
