#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace pystacks::report {

/// HTML with places for values: `{{name}}` is replaced by the value of that name, or else by the file of that name in
/// the template's folder.
class PageTemplate {
public:
    /// Markup by name. What is text has to be escaped: it is not looked at.
    using Values = std::map<std::string, std::string, std::less<>>;

    /// @throws Error when the file cannot be read
    explicit PageTemplate(const std::filesystem::path& file);

    /// @throws Error when there is neither a value nor a file of a name
    [[nodiscard]] std::string filled(const Values& values) const;

private:
    std::filesystem::path folder_;
    std::string text_;
};

/// One HTML page that needs nothing but itself, made of @p templates "page.html": `{{data}}` is replaced by @p json.
/// @param json text that cannot end the script element that it is in: of embedded()
/// @throws Error when a template cannot be read
[[nodiscard]] std::string filled_page(const std::filesystem::path& templates, const std::string& json);

/// JSON for a script element, whatever the names in it are.
[[nodiscard]] std::string embedded(const std::string& json);

}  // namespace pystacks::report
