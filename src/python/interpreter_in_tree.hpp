#pragma once

#include <filesystem>
#include <string>

#include "process/command.hpp"

namespace pystacks::python {

/// An interpreter in a tree that is not the machine's root, such as a buildroot. Paths are as they are installed.
struct InterpreterInTree {
    std::filesystem::path tree;
    std::string executable;      ///< "/usr/bin/python3.13"
    std::string library_folder;  ///< where its libpython is; empty: it needs none
    std::string prefix;          ///< for PYTHONHOME; empty: it finds its library itself
};

/// A command that starts it out of the tree: without the caller's PYTHON… variables, and without writing bytecode.
/// Options and script are appended to the arguments.
[[nodiscard]] process::Command command_of(const InterpreterInTree& interpreter);

}  // namespace pystacks::python
