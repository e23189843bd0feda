#pragma once

#include <filesystem>
#include <string>

#include "build/install_root.hpp"
#include "stack/stack.hpp"

namespace pystacks::build {

/// What follows `make install`: the [[install-step]]s of a stack. Paths are those of installed files; each action stays
/// inside the buildroot and, for `copy`, inside the source tree. A file is never changed in place, since it may be a
/// hard link: the new contents get a temporary name and are renamed.

/// Runs one step whose variables are replaced already.
/// @throws Error whose subject is FILE:LINE and whose reason ends with the step's own reason
void run_install_step(const stack::InstallStep& step, const InstallRoot& buildroot, const InstallRoot& source);

/// What `shebang` makes of a file's text; unchanged when it fits already.
/// @param executable whether the file has an execute bit; set to false when it must lose it
[[nodiscard]] std::string with_shebang(const std::string& text, bool& executable, const std::string& interpreter);

/// Replaces a regular file's contents by way of a temporary name. @param mode permission bits of the new file
void replace_contents(const std::filesystem::path& file, const std::string& contents, unsigned mode);

}  // namespace pystacks::build
