#pragma once

#include <filesystem>
#include <vector>

#include "extension/interpreters.hpp"

namespace pystacks::extension {

/// Headers, and folders of them, that other extensions have put into the release interpreter's include folders and that
/// the debug interpreter's have not: greenlet/, sip.h. setup(headers=[…]) of distutils and setuptools, and Makefiles,
/// put them there. Each name once.
[[nodiscard]] std::vector<std::filesystem::path> foreign_headers(const Interpreters& interpreters);

}  // namespace pystacks::extension
