#pragma once

#include <string>

namespace pystacks::transform {

/// A spec of one compiled module, with @p find replaced by @p replacement.
[[nodiscard]] std::string sample(const std::string& find = {}, const std::string& replacement = {});

}  // namespace pystacks::transform
