#pragma once

#include <regex>
#include <string_view>

namespace pystacks::transform {

/// Whether @p pattern is found anywhere in @p text.
inline bool matches(std::string_view text, const std::regex& pattern) {
    return std::regex_search(text.begin(), text.end(), pattern);
}

}  // namespace pystacks::transform
