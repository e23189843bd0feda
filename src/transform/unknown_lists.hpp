#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "spectext/spec_text.hpp"
#include "transform/macro_values.hpp"

namespace pystacks::transform {

/// A list that %files reads and that is in no text, so that modules may be in it: "-f INSTALLED_FILES".
struct UnknownList {
    std::size_t header = 0;  ///< the line of %files
    std::string list;
};

/// Those of packages that are not noarch. Known are %{pyproject_files}, translations (*.lang), and lists that the
/// spec's scripts make on lines that mention neither Python nor shared objects.
[[nodiscard]] std::vector<UnknownList> unknown_lists(const spectext::SpecText& spec, const MacroValues& values);

}  // namespace pystacks::transform
