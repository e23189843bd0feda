#pragma once

#include <filesystem>
#include <vector>

#include "extension/interpreters.hpp"

namespace pystacks::extension {

/// Include folders of the release interpreter in which other extensions have headers (greenlet/greenlet.h) that the
/// debug interpreter's have not: setup(headers=[…]) of distutils and setuptools, and Makefiles, put them there. The
/// second pass has to look there, too, after all other folders: Python's own headers are in these as well.
[[nodiscard]] std::vector<std::filesystem::path> folders_of_foreign_headers(const Interpreters& interpreters);

}  // namespace pystacks::extension
