#pragma once

#include "cli/arguments.hpp"
#include "rpm/switches.hpp"

namespace pystacks::cli {

/// --with, --without and --define.
void add_switches(Arguments& app, rpm::Switches& switches);

}  // namespace pystacks::cli
