#pragma once

#include <optional>
#include <string_view>

#include "python/abi.hpp"

namespace pystacks::python {

/// For which build of Python an installed file is, by its name and place: an interpreter's command (bin/python3.13d), a
/// libpython, a header of Python's own, a compiled module whose suffix says it. Nothing for files that may be for any
/// build, such as ".abi3.so" and Python 2's ".so". Only traits that have a word (trait_names.hpp): sanitizers leave no
/// mark in names.
[[nodiscard]] std::optional<Traits> traits_of_file(std::string_view path);

}  // namespace pystacks::python
