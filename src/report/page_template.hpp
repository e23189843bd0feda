#pragma once

#include <filesystem>
#include <string>

namespace pystacks::report {

/// One HTML page that needs nothing but itself, made of @p templates "page.html": `{{data}}` is replaced by @p json,
/// `{{name}}` by the file of that name in the same folder.
/// @param json text that cannot end the script element that it is in: of embedded()
/// @throws Error when a template cannot be read
[[nodiscard]] std::string filled_page(const std::filesystem::path& templates, const std::string& json);

/// JSON for a script element, whatever the names in it are.
[[nodiscard]] std::string embedded(const std::string& json);

}  // namespace pystacks::report
