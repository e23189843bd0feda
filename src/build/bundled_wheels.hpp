#pragma once

#include <filesystem>

#include "stack/stack.hpp"

namespace pystacks::build {

/// Compares what [[wheels]] lists with the wheels of the source tree: projects with their versions, and licenses. The
/// packages say the listed ones, so a list that has become wrong would make the packages wrong.
///
/// A file belongs to the first table with a pattern that matches it. Tables that are switched off are left out.
/// @param stack expanded by rpm
/// @throws Error (usage) for the first table that differs; its reason has every difference, its hint the lines to write
void check_wheels(const stack::Stack& stack, const std::filesystem::path& source);

}  // namespace pystacks::build
