#pragma once

#include <string>

#include "base/json.hpp"
#include "compare/comparison.hpp"

namespace pystacks::compare {

/// The comparison as one JSON document, indented. A path that is not UTF-8 stands in it with U+FFFD for what is not,
/// and as it is, in hexadecimal, in "path_bytes".
[[nodiscard]] std::string to_json(const Comparison& comparison);

/// The same of one package pair, which the page uses too.
[[nodiscard]] nlohmann::ordered_json to_json(const PackagePair& pair, const Comparison& comparison);

/// As [{"name", "a", "b"}].
[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<Property>& properties);

}  // namespace pystacks::compare
