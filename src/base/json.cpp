#include "base/json.hpp"

#include <utility>

namespace pystacks {
namespace {

template <typename Json>
std::string text_of(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
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
