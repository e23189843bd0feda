#pragma once

#include "rpm/package.hpp"

namespace pystacks::rpm {

/// A package may be anybody's, and what it says becomes paths and arguments of programs: the file of a repository, what
/// dnf installs. rpmbuild makes no package with such names, but a header can be written by anything. Checked are name,
/// version, release, architecture, the source package's name, the paths of files, and how dependencies begin.
/// @throws Error (usage) that says which package, what of it, and why
void check_names(const Package& package);

}  // namespace pystacks::rpm
