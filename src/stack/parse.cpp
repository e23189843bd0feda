#include <algorithm>

#include <fmt/format.h>

#include "base/file.hpp"
#include "stack/checks.hpp"
#include "stack/documents.hpp"
#include "stack/install_steps.hpp"
#include "stack/schema.hpp"
#include "stack/substitution.hpp"
#include "stack/variants.hpp"
#include "stack/wheels.hpp"

namespace pystacks::stack {

namespace {

constexpr int known_format = 1;

template <class T>
std::vector<T> values(std::vector<Item<T>> items) {
    std::vector<T> result;
    result.reserve(items.size());
    for (auto& item : items) result.push_back(std::move(item.value));
    return result;
}

/// Reads a document, one part a function; each notes what is wrong with its part.
class Reader {
public:
    Reader(const toml::table& root, Problems& problems) : root_(root), problems_(problems) {}

    Stack read() {
        read_preamble();
        read_head();
        read_names();
        read_sources();
        read_build();
        read_configurations();
        read_bootstrap();
        read_recorded_profiles();
        read_install_steps();
        read_merge();
        read_bytecode();
        read_packages();
        return std::move(stack_);
    }

private:
    void read_preamble() {
        Preamble preamble;
        const auto misspelled = read_table(root_, preamble_schema, preamble, problems_);
        const toml::node* format = root_.get("format");
        if (format != nullptr && format->is_integer() && preamble.format != known_format) {
            problems_.add(format->source(),
                          fmt::format("'format' is {}; this pystacks reads format {}", preamble.format, known_format));
        }
        if (!root_.contains("stack") && !misspelled.contains("stack")) {
            problems_.add(root_.source(), "the table [stack] is missing");
        }
        if (!root_.contains("configuration") && !misspelled.contains("configuration")) {
            problems_.add(root_.source(), "there is no [[configuration]]");
        }
    }

    void read_head() {
        const toml::table* table = sub_table(root_, "stack", stack_schema.header, problems_);
        if (table == nullptr) return;
        Item<Stack> head{{}, table};
        read_table(*table, stack_schema, head.value, problems_);
        check_stack(head, problems_);
        stack_ = std::move(head.value);
    }

    void read_names() {
        auto bconds = read_tables(root_, bcond_schema, problems_);
        check_bconds(bconds, problems_);
        stack_.bconds = values(std::move(bconds));
        auto macros = read_tables(root_, macro_schema, problems_);
        check_macros(macros, problems_);
        stack_.macros = values(std::move(macros));
    }

    void read_sources() {
        auto sources = read_tables(root_, source_schema, problems_);
        for (auto& source : sources) {
            check_source(source, problems_);
            if (const auto* table = sub_table(*source.table, "distribution", distribution_schema.header, problems_)) {
                Item<DistributionSource> distribution{{}, table};
                read_table(*table, distribution_schema, distribution.value, problems_);
                check_distribution(distribution, problems_);
                source.value.distribution = std::move(distribution.value);
            }
        }
        stack_.sources = values(std::move(sources));

        auto patches = read_tables(root_, patch_schema, problems_);
        for (const auto& patch : patches) check_patch(patch, problems_);
        stack_.patches = values(std::move(patches));
        stack_.build_requirements = values(read_tables(root_, build_requirement_schema, problems_));
    }

    void read_build() {
        const toml::table* table = sub_table(root_, "build", build_schema.header, problems_);
        if (table == nullptr) return;
        read_table(*table, build_schema, stack_.build, problems_);
        if (const auto* make = sub_table(*table, "make", make_schema.header, problems_)) {
            read_table(*make, make_schema, stack_.build, problems_);
        }
    }

    void read_configurations() {
        auto configurations = read_tables(root_, configuration_schema, problems_);
        const toml::node* node = root_.get("configuration");
        if (configurations.empty() && node != nullptr && node->is_array()) {
            problems_.add(node->source(), "there is no [[configuration]]");
        }
        check_configurations(configurations, problems_);
        names_ = ConfigurationNames(configurations);
        check_variants(configurations, names_, problems_);
        for (auto& configuration : configurations) read_profile(configuration);
        configurations_ = configurations;
        stack_.configurations = values(std::move(configurations));
        complete(stack_.configurations);
    }

    void read_profile(Item<Configuration>& configuration) {
        const toml::table* table = sub_table(*configuration.table, "profile", profile_recipe_schema.header, problems_);
        if (table == nullptr) return;
        Item<ProfileRecipe> recipe{{}, table};
        read_table(*table, profile_recipe_schema, recipe.value, problems_);
        check_profile_recipe(recipe, stack_.bconds, configuration.value, problems_);
        configuration.value.profile = std::move(recipe.value);
    }

    void read_bootstrap() {
        const toml::table* build = root_["build"].as_table();
        const toml::table* table =
            build == nullptr ? nullptr : sub_table(*build, "bootstrap", bootstrap_schema.header, problems_);
        if (table == nullptr) return;
        Item<BootstrapRecipe> bootstrap{{}, table};
        read_table(*table, bootstrap_schema, bootstrap.value, problems_);
        check_bootstrap(bootstrap, stack_.configurations, names_, problems_);
        stack_.bootstrap = std::move(bootstrap.value);
    }

    void read_recorded_profiles() {
        auto recorded = read_tables(root_, recorded_profile_schema, problems_);
        for (const auto& profile : recorded) check_recorded_profile(profile, problems_);
        stack_.recorded_profiles = values(std::move(recorded));
    }

    void read_install_steps() {
        for (const toml::table* table : tables_of(root_, "install-step", install_step_schema.header, problems_)) {
            Item<RawStep> step{{}, table};
            const auto misspelled = read_table(*table, install_step_schema, step.value, problems_);
            check_step_configurations(step, names_, problems_);
            stack_.install_steps.push_back(to_install_step(step, misspelled, problems_));
        }
    }

    void read_merge() {
        auto aliases = read_tables(root_, alias_schema, problems_);
        for (const auto& alias : aliases) check_alias(alias, problems_);
        stack_.aliases = values(std::move(aliases));

        auto rules = read_tables(root_, rule_schema, problems_);
        for (const auto& rule : rules) {
            check_rule(rule, problems_);
            names_.check(rule.where("winner"), "winner", rule.value.winner, problems_);
        }
        stack_.rules = values(std::move(rules));
    }

    void read_bytecode() {
        const toml::table* table = sub_table(root_, "bytecode", bytecode_schema.header, problems_);
        if (table == nullptr) return;
        Item<Bytecode> bytecode{{}, table};
        read_table(*table, bytecode_schema, bytecode.value, problems_);
        substitute_variables(bytecode, stack_.configurations, problems_);
        check_bytecode(bytecode, problems_);
        stack_.bytecode = std::move(bytecode.value);
    }

    void read_packages() {
        if (const auto* table = sub_table(root_, "packages", packages_schema.header, problems_)) {
            Item<Stack> common{{}, table};
            read_table(*table, packages_schema, common.value, problems_);
            substitute_variables(common, stack_.configurations, problems_);
            check_system_directories(common, problems_);
            stack_.system_directories = std::move(common.value.system_directories);
        }
        auto packages = read_tables(root_, package_schema, problems_);
        assign_packages(configurations_, packages, problems_);
        for (auto& package : packages) substitute_variables(package, stack_.configurations, problems_);
        check_packages(packages, root_, problems_);
        stack_.packages = values(std::move(packages));

        auto wheels = read_tables(root_, wheels_schema, problems_);
        check_wheels(wheels, stack_.packages, problems_);
        stack_.wheels = values(std::move(wheels));
    }

    const toml::table& root_;
    Problems& problems_;
    Stack stack_;
    std::vector<Item<Configuration>> configurations_;  // as they are written
    ConfigurationNames names_{{}};
};

Stack parse_documents(const std::vector<Document>& documents) {
    const toml::table root = merge_documents(documents);
    Problems problems(documents.front().file);
    Stack stack = Reader(root, problems).read();
    problems.throw_if_any();
    stack.file = documents.front().file;
    for (std::size_t i = 1; i < documents.size(); ++i) stack.includes.push_back(documents[i].file);
    return stack;
}

}  // namespace

Stack parse(std::string_view text, const std::filesystem::path& file) {
    return parse_documents(split_documents(text, file));
}

Stack load(const std::filesystem::path& file, const std::vector<std::filesystem::path>& search_path) {
    return parse_documents(read_documents(file, search_path));
}

}  // namespace pystacks::stack
