#pragma once

#include "stack/schema.hpp"

/// ${variables} in tables that belong to no configuration's build. The tables of a configuration's build are replaced
/// when it is planned (build/plan.hpp), aliases when trees are compared.
namespace pystacks::stack {

/// Replaces the variables in the patterns of a package by those of its configuration, or of the base. Notes those that
/// it does not have.
/// @param configurations completed (variants.hpp)
void substitute_variables(Item<Package>& package, const std::vector<Configuration>& configurations, Problems& problems);

/// The same of [packages], by those of the base.
void substitute_variables(Item<Stack>& packages, const std::vector<Configuration>& configurations, Problems& problems);

/// The same of [bytecode]: `paths` become those of all configurations that are not switched off, each path once; the
/// other keys are the base's, whose interpreter compiles.
void substitute_variables(Item<Bytecode>& bytecode, const std::vector<Configuration>& configurations,
                          Problems& problems);

}  // namespace pystacks::stack
