#pragma once

#include <string>
#include <vector>

#include "extension/module.hpp"

namespace pystacks::extension {

/// Judges the libraries of the package itself that @p module needs, directly or through each other. The -debug package
/// has modules alone, so the module will load what the release package has: that is right for a library which does
/// not use Python, and wrong for one which does, as a release build of it would come between debug code.
/// @param staged    libraries of the second pass
/// @param release   those of the buildroot
/// @param notes     gets a sentence for each that is shared
/// @return what is wrong, a sentence each
[[nodiscard]] std::vector<std::string> helper_problems(const Module& module, const std::vector<Library>& staged,
                                                       const std::vector<Library>& release,
                                                       std::vector<std::string>& notes);

}  // namespace pystacks::extension
