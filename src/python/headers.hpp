#pragma once

#include <compare>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "python/abi.hpp"

namespace pystacks::python {

/// The folder of Python's headers that contains a path: ".../include/python3.13d/object.h". Headers that extensions
/// have put below it are none of Python's.
struct Headers {
    std::string folder;  ///< "/usr/include/python3.13d"
    Abi abi;             ///< by the folder's name

    friend auto operator<=>(const Headers&, const Headers&) = default;
};

[[nodiscard]] std::optional<Headers> headers_of(std::string_view path);
/// Those of all @p files.
[[nodiscard]] std::set<Headers> headers_among(const std::set<std::string>& files);

}  // namespace pystacks::python
