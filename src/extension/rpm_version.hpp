#pragma once

#include <string>
#include <string_view>

namespace pystacks::extension {

/// A version of PEP 440 as rpm's own generator writes it (pythondistdeps.py): "1" for "1.0", "1~rc1" for "1.0rc1",
/// "1^post1" for "1.0.post1", "2:1.1" for "2!1.1". What is no such version stays as it is.
[[nodiscard]] std::string rpm_version(std::string_view version);

}  // namespace pystacks::extension
