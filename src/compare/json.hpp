#pragma once

#include <string>

#include "base/json.hpp"
#include "compare/build_comparison.hpp"

namespace pystacks::compare {

/// The comparison as one JSON document, indented, as docs/json.md describes it. In a path that is not UTF-8, U+FFFD
/// stands for what is not; "path_bytes" has it as it is, in hexadecimal.
[[nodiscard]] std::string to_json(const BuildComparison& comparison);

/// The same of one package pair, which the page uses too.
[[nodiscard]] nlohmann::ordered_json to_json(const PackagePair& pair, const BuildComparison& comparison);

/// As [{"name", "a", "b"}].
[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<Property>& properties);

}  // namespace pystacks::compare
