#pragma once

#include <span>

#include "stack/fields.hpp"

/// Every table of stack.toml and its keys. docs/stack-toml.md describes the same, and a test compares the two.
namespace pystacks::stack {

/// The keys before the first table.
struct Preamble {
    int format = 0;
    std::vector<std::string> include;
};

/// [[install-step]] as it is written, before it is known which action it is.
struct RawStep {
    std::string move, copy, write, symlink, directory, substitute;
    std::vector<std::string> remove, shebang;
    std::string to, text, mode, target, find, replace, interpreter;
    std::vector<std::string> configurations;
    bool packaging = false;
    Condition condition;
    std::string reason;
    Place place;
};

/// An action of [[install-step]]: its key, and the keys that go with it.
struct StepAction {
    std::string_view key;
    std::vector<std::string_view> required;
    std::vector<std::string_view> optional;
};

extern const TableSchema<Preamble> preamble_schema;
extern const TableSchema<Stack> stack_schema;
extern const TableSchema<Bcond> bcond_schema;
extern const TableSchema<Macro> macro_schema;
extern const TableSchema<Source> source_schema;
extern const TableSchema<DistributionSource> distribution_schema;
extern const TableSchema<Patch> patch_schema;
extern const TableSchema<BuildRequirement> build_requirement_schema;
extern const TableSchema<BuildRecipe> build_schema;
extern const TableSchema<BuildRecipe> make_schema;
extern const TableSchema<BootstrapRecipe> bootstrap_schema;
extern const TableSchema<ProfileRecipe> profile_recipe_schema;
extern const TableSchema<RecordedProfile> recorded_profile_schema;
extern const TableSchema<Configuration> configuration_schema;
extern const TableSchema<RawStep> install_step_schema;
extern const TableSchema<Alias> alias_schema;
extern const TableSchema<ConflictRule> rule_schema;
extern const TableSchema<Bytecode> bytecode_schema;
extern const TableSchema<Stack> packages_schema;
extern const TableSchema<Wheels> wheels_schema;
extern const TableSchema<Package> package_schema;

extern const std::vector<StepAction> step_actions;

}  // namespace pystacks::stack
