#pragma once

#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "stack/stack.hpp"

namespace pystacks::cli {

/// rpmbuild's switches that change how a spec is read, with rpmbuild's meaning.
struct Switches {
    std::vector<std::string> with, without;
    std::vector<std::string> defines;  ///< "NAME VALUE"
};

void add_switches(Arguments& app, Switches& switches);

/// @throws Error (usage) for a bcond that the stack does not have, with the nearest that it has, for one that is both
/// on
///         and off, and for a definition without a name. rpm itself would ignore a misspelt one silently.
void check_switches(const Switches& switches, const stack::Stack& raw);

}  // namespace pystacks::cli
