#pragma once

#include <string>
#include <string_view>

#include "transform/build_requirements.hpp"
#include "transform/build_tools.hpp"

namespace pystacks::transform {

/// Compiled modules that a package has in a folder of its own, below %{_libdir}, where its programs find them by
/// sys.path.
class PrivateFolders {
public:
    /// @param name of the main package: such a folder is called as it, or as a part of it. If the spec asks for a tool
    /// that makes modules (SWIG, pybind11), any other folder that is listed as a whole may be one, too.
    PrivateFolders(std::string_view name, const BuildTools& tools, const BuildRequirements& required);

    /// Why a line of %files outside of Python's folders may have compiled modules: the end of a sentence, with a space
    /// before it. Empty: it has none. @param path with the spec's own macros replaced
    [[nodiscard]] std::string doubt_about(const std::string& path) const;

private:
    std::string name_;       ///< in small letters
    bool compiles_ = false;  ///< something in the spec can compile modules
    bool makes_modules_;     ///< and a tool that it asks for does nothing else
};

}  // namespace pystacks::transform
