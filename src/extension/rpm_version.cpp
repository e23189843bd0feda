#include "extension/rpm_version.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

#include "base/expression.hpp"
#include "base/text.hpp"

namespace pystacks::extension {
namespace {

/// Without zeros in front; "0" for nothing.
std::string as_number(std::string_view digits) {
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits.empty() ? "0" : std::string(digits);
}

/// "2024.1" for "2024.01.0".
std::string release_of(const std::string& release) {
    std::vector<std::string> parts;
    for (const std::string& part : split(release, '.')) parts.push_back(as_number(part));
    while (parts.size() > 1 && parts.back() == "0") parts.pop_back();
    return join(parts, ".");
}

/// What PEP 440 makes of the ways to write a phase before a release.
std::string phase_of(const std::string& word) {
    const char first = static_cast<char>(std::tolower(static_cast<unsigned char>(word.front())));
    return first == 'a' ? "a" : first == 'b' ? "b" : "rc";
}

}  // namespace

std::string rpm_version(std::string_view version) {
    static const Expression pep440(R"((?i)v?(?:(\d+)!)?(\d+(?:\.\d+)*))"
                                   R"((?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?)"
                                   R"((?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?)"
                                   R"((?:[-_.]?(dev)[-_.]?(\d*))?(?:\+.*)?)");
    const std::string_view text = trim(version);
    const std::optional<Expression::Groups> groups = pep440.groups_of(text);
    if (!groups) return std::string(text);
    enum Group { epoch = 1, release, pre, pre_number, post_number_alone, post, post_number, dev, dev_number };
    const auto part = [&](Group group) { return groups->at(group); };
    std::string result = as_number(part(epoch)) == "0" ? "" : as_number(part(epoch)) + ":";
    result += release_of(part(release));
    if (!part(pre).empty()) return result + "~" + phase_of(part(pre)) + as_number(part(pre_number));
    if (!part(dev).empty()) return result + "~~dev" + as_number(part(dev_number));
    if (!part(post).empty()) return result + "^post" + as_number(part(post_number));
    if (!part(post_number_alone).empty()) return result + "^post" + as_number(part(post_number_alone));
    return result;
}

}  // namespace pystacks::extension
