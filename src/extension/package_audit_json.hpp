#pragma once

#include "base/json.hpp"
#include "extension/package_audit.hpp"

namespace pystacks::extension {

/// {"passed", "packages", "problems", "modules"}, as pystacks-extension(1) describes them.
[[nodiscard]] nlohmann::ordered_json to_json(const Audit& audit);

}  // namespace pystacks::extension
