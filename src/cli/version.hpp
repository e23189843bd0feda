#pragma once

#include <string>

namespace pystacks::cli {

/// "pystacks 0.1.0 (commit 0123456789ab)"; without the commit where it was built from neither a clone nor an archive of
/// one.
[[nodiscard]] std::string version_text();

}  // namespace pystacks::cli
