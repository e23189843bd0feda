#pragma once

#include "stack/checks.hpp"

/// Configurations beside each other: which is a variant of which, and what must differ between them.
namespace pystacks::stack {

/// Notes what keeps the configurations from being told apart, or compared with each other: a `variant-of` that names
/// nothing, leads in a circle, or to a configuration that is switched off while its variant is not; two of one suffix
/// or interpreter; an interpreter without the suffix; words that are not traits.
/// @param names those of @p configurations
void check_variants(const std::vector<Item<Configuration>>& configurations, const ConfigurationNames& names,
                    Problems& problems);

/// Notes a `package` that names no [[package]], or one that another configuration has.
/// Tells the packages that are named whose they are.
void assign_packages(const std::vector<Item<Configuration>>& configurations, std::vector<Item<Package>>& packages,
                     Problems& problems);

/// Fills in what a configuration leaves to the one that it is a variant of, and the variables ${suffix}, ${pylibdir}
/// and
/// ${dynload_dir}. A configuration other than the base that does not say what it is a variant of is one of the base.
void complete(std::vector<Configuration>& configurations);

}  // namespace pystacks::stack
