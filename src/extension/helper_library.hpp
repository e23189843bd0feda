#pragma once

#include <string>
#include <vector>

#include "extension/module.hpp"

namespace pystacks::extension {

/// What is said of the libraries of the package itself that a module needs, directly or through each other. The -debug
/// package has modules alone, so the module will load what the release package has: that is right for a library which
/// does not use Python, and wrong for one which does, as a release build of it would come between debug code.
struct HelperLibraries {
    std::string uses_python;            ///< the path of the first one which does; empty when none does
    std::vector<std::string> problems;  ///< what is wrong otherwise, a sentence each
    std::vector<std::string> notes;     ///< a sentence for each that is shared
};

/// @param staged    libraries of the second pass
/// @param release   those of the buildroot
[[nodiscard]] HelperLibraries helper_libraries(const Module& module, const std::vector<Library>& staged,
                                               const std::vector<Library>& release);

}  // namespace pystacks::extension
