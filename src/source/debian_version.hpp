#pragma once

#include <string>
#include <string_view>

namespace pystacks::source {

/// The order of Debian's versions: negative, zero or positive. Source: deb-version(7).
[[nodiscard]] int compare_debian_versions(std::string_view left, std::string_view right);

/// "3.13.5" of "3.13.5-2+deb13u5"; "1.19.5" of "1:1.19.5-1".
[[nodiscard]] std::string upstream_part(std::string_view version);

}  // namespace pystacks::source
