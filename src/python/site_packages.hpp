#pragma once

#include <string_view>

namespace pystacks::python {

/// The folder for modules of other packages that a path lies in: "/usr/lib64/python3.13/site-packages" of
/// "/usr/lib64/python3.13/site-packages/a/_b.so"; Debian's "…/dist-packages". The first one where several nest; empty
/// outside of them.
[[nodiscard]] std::string_view site_packages_of(std::string_view path);

}  // namespace pystacks::python
