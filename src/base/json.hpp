#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace pystacks {

// The parser and the writer are the slowest parts of nlohmann/json to compile, so they are compiled once, in json.cpp.

/// What a JSON text says. Throws nlohmann::json::parse_error.
[[nodiscard]] nlohmann::json parse_json(std::string_view text);

/// The object that a text is; nothing where it is another value or no JSON at all.
[[nodiscard]] std::optional<nlohmann::json> parse_json_object(std::string_view text);

/// The text of a value, in one line, or with each level indented by so many spaces. No newline at the end. Bytes that
/// are not UTF-8, as paths and compilers' messages may have them, become U+FFFD.
[[nodiscard]] std::string json_text(const nlohmann::json& json, int indent = -1);
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& json, int indent = -1);

}  // namespace pystacks
