#pragma once

#include "stack/schema.hpp"

/// What a stack must be beyond keys and types. Each function notes problems at the line where the value stands.
namespace pystacks::stack {

void check_stack(const Item<Stack>& stack, Problems& problems);
void check_bconds(const std::vector<Item<Bcond>>& bconds, Problems& problems);
void check_macros(const std::vector<Item<Macro>>& macros, Problems& problems);
void check_source(const Item<Source>& source, Problems& problems);
void check_distribution(const Item<DistributionSource>& distribution, Problems& problems);
void check_patch(const Item<Patch>& patch, Problems& problems);
void check_configurations(const std::vector<Item<Configuration>>& configurations, Problems& problems);
void check_alias(const Item<Alias>& alias, Problems& problems);
void check_rule(const Item<ConflictRule>& rule, Problems& problems);
void check_bytecode(const Item<Bytecode>& bytecode, Problems& problems);
void check_system_directories(const Item<Stack>& packages, Problems& problems);
/// @param root where it is noted that there is no package at all
void check_packages(const std::vector<Item<Package>>& packages, const toml::table& root, Problems& problems);

/// The names of all configurations, to look up those that other tables mention.
class ConfigurationNames {
public:
    explicit ConfigurationNames(const std::vector<Item<Configuration>>& configurations);
    /// Notes @p name when it is not a configuration's. An empty name, or one that rpm still has to expand, passes.
    void check(const toml::source_region& where, std::string_view key, const std::string& name,
               Problems& problems) const;

private:
    std::vector<std::string> names_;
    std::set<std::string> lookup_;
    bool some_are_open_ = false;  // contain a macro: then any name may be one of them
};

/// @param configurations all of them: a configuration must not wait for itself, nor have the folder of the programs
void check_bootstrap(const Item<BootstrapRecipe>& bootstrap, const std::vector<Configuration>& configurations,
                     const ConfigurationNames& names, Problems& problems);
void check_recorded_profile(const Item<RecordedProfile>& profile, Problems& problems);
/// @param bconds those of the stack, of which the recipe may name some
/// @param configuration whose recipe it is: one that trains by itself whenever it is made need not be asked
void check_profile_recipe(const Item<ProfileRecipe>& recipe, const std::vector<Bcond>& bconds,
                          const Configuration& configuration, Problems& problems);
/// A step's list of configurations: known names, and at least one when it was given.
void check_step_configurations(const Item<RawStep>& step, const ConfigurationNames& names, Problems& problems);

}  // namespace pystacks::stack
