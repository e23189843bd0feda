#include "base/json.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "base/characters.hpp"

namespace pystacks {
namespace {

/// U+007F to U+009F as \u escapes: JSON lets them stand, and a terminal may take them for commands. Such characters are
/// in strings only.
std::string without_terminal_commands(std::string&& text) {
    constexpr std::string_view lead_or_delete = "\xC2\x7F";
    std::size_t from = 0;
    std::string result;
    for (std::size_t at = 0; (at = text.find_first_of(lead_or_delete, at)) != std::string::npos;) {
        const std::uint32_t code = first_character(std::string_view(text).substr(at)).code;
        const std::size_t bytes = code < 0x80U ? 1 : 2;
        if (code < 0xA0U) {
            result += text.substr(from, at - from) + fmt::format("\\u{:04x}", code);
            from = at + bytes;
        }
        at += bytes;
    }
    return from == 0 ? std::move(text) : result + text.substr(from);
}

template <typename Json>
std::string text_of(const Json& json, int indent) {
    return without_terminal_commands(json.dump(indent, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

nlohmann::json parse_json(std::string_view text) { return nlohmann::json::parse(text); }

std::optional<nlohmann::json> parse_json_object(std::string_view text) {
    // In place, as json could also be converted to the optional by what it holds.
    std::optional<nlohmann::json> json(std::in_place, nlohmann::json::parse(text, nullptr, false));
    if (!json->is_object()) return std::nullopt;
    return json;
}

std::string json_text(const nlohmann::json& json, int indent) { return text_of(json, indent); }

std::string json_text(const nlohmann::ordered_json& json, int indent) { return text_of(json, indent); }

}  // namespace pystacks
