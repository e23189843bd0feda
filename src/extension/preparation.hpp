#pragma once

#include <filesystem>
#include <string>

#include "extension/interpreters.hpp"

/// What the second pass works with: a copy of the prepared tree, programs that stand in for others, an environment.
namespace pystacks::extension {

struct Preparation {
    Interpreters interpreters;
    std::filesystem::path builddir;  ///< rpm's RPM_BUILD_DIR
    std::filesystem::path tree;      ///< the prepared tree, or a folder in it
    std::filesystem::path work;      ///< folder of the second pass, directly below builddir
    std::string cflags;              ///< added to compiler flags
    std::filesystem::path program;   ///< this pystacks
};

/// Fills request.work, which is emptied first:
///     tree/         the copy of the prepared tree, under the name that it has below builddir
///     root/         the staging root, empty
///     bin/          programs that come first in PATH
///     pkgconfig/    python3.pc and its other names, of the debug build
///     meson.ini     a native file
///     environment   what a shell reads before it repeats a section
/// @throws Error
void prepare(const Preparation& request);

}  // namespace pystacks::extension
