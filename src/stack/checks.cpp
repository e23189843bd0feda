#include "stack/checks.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/names.hpp"
#include "base/text.hpp"
#include "stack/paths.hpp"

namespace pystacks::stack {

namespace {

constexpr std::string_view beside = "the folder of stack.toml";

template <class T>
void check_unique(const std::vector<Item<T>>& items, std::string_view header, Problems& problems) {
    std::map<std::string_view, std::string> first_places;
    for (const Item<T>& item : items) {
        if (item.value.name.empty()) continue;
        const auto [first, is_new] = first_places.emplace(item.value.name, item.place().text());
        if (is_new) continue;
        problems.add(item.where("name"), fmt::format("a second {} is named {}; the first is in {}", header,
                                                     in_quotes(item.value.name), first->second));
    }
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool is_remote(std::string_view url) { return url.find("://") != std::string_view::npos; }

/// What is fetched from an address gets its last component's name.
void check_names_a_file(const toml::source_region& where, std::string_view key, const std::string& url,
                        Problems& problems) {
    const std::string name = file_name_of_url(url);
    if (!is_remote(url) || has_macro(name) || problem_of_file_name(name).empty()) return;
    problems.add(where, fmt::format("{} names no file: {}", in_quotes(key), in_quotes(url)));
}

template <class T>
void check_patterns(const Item<T>& item, std::string_view key, const std::vector<std::string>& patterns,
                    Problems& problems) {
    for (const auto& pattern : patterns) check_pattern(item.where(key), key, pattern, problems);
}

}  // namespace

void check_stack(const Item<Stack>& stack, Problems& problems) {
    check_rpm_name(stack.where("name"), "name", stack.value.name, problems);
    check_rpm_version(stack.where("version"), "version", stack.value.version, problems);
    check_rpm_version(stack.where("release"), "release", stack.value.release, problems);
    check_inner_path(stack.where("changelog"), "changelog", stack.value.changelog, beside, problems);
    const std::string& directory = stack.value.source_directory;
    if ((directory.find('/') != std::string::npos && !has_macro(directory)) || directory == "." || directory == "..") {
        problems.add(stack.where("source-directory"),
                     fmt::format("'source-directory' must be the name of one folder, found {}", in_quotes(directory)));
    }
    for (const auto& file : stack.value.files) {
        check_inner_path(stack.where("files"), "files", file, beside, problems);
    }
}

void check_bconds(const std::vector<Item<Bcond>>& bconds, Problems& problems) {
    check_unique(bconds, "[[bcond]]", problems);
    for (const auto& bcond : bconds) check_macro_name(bcond.where("name"), "name", bcond.value.name, problems);
}

void check_macros(const std::vector<Item<Macro>>& macros, Problems& problems) {
    check_unique(macros, "[[macro]]", problems);
    for (const auto& macro : macros) check_macro_name(macro.where("name"), "name", macro.value.name, problems);
}

void check_source(const Item<Source>& source, Problems& problems) {
    const Source& value = source.value;
    const bool has_keyring = source.table->contains("keyring");
    const bool has_signature = source.table->contains("signature");
    if (has_keyring && !has_signature) {
        problems.add(source.where("keyring"), "'keyring' without 'signature': there is nothing to check with it");
    }
    if (has_signature && !has_keyring) {
        problems.add(source.where("signature"), "'signature' without 'keyring': it is not known who may have signed");
    }
    if (!has_signature && source.table->contains("signature-required")) {
        problems.add(source.where("signature-required"), "'signature-required' without 'signature'");
    }
    check_inner_path(source.where("keyring"), "keyring", value.keyring, beside, problems);
    check_names_a_file(source.where("signature"), "signature", value.signature, problems);

    if (!value.sha256.empty() && !has_macro(value.sha256) && !is_sha256(value.sha256)) {
        problems.add(source.where("sha256"),
                     fmt::format("'sha256' must be 64 hexadecimal digits, found {}", in_quotes(value.sha256)));
    }
    if (value.url.empty()) return;
    if (is_remote(value.url)) {
        if (value.sha256.empty()) {
            problems.add(source.table->source(), "[[source]] has a URL but no 'sha256' to check what comes from there");
        }
        check_names_a_file(source.where("url"), "url", value.url, problems);
    } else if (!has_macro(value.url.substr(0, 1))) {
        check_inner_path(source.where("url"), "url", value.url, beside, problems);
    }
}

void check_distribution(const Item<DistributionSource>& distribution, Problems& problems) {
    // apt gets it as an argument, and the suites as a line of its configuration.
    check_rpm_name(distribution.where("package"), "package", distribution.value.package, problems);
    for (const std::string& suite : distribution.value.suites) {
        for (const std::string& part : split(suite, '/')) {
            check_rpm_name(distribution.where("suites"), "suites", part, problems);
        }
    }
}

void check_patch(const Item<Patch>& patch, Problems& problems) {
    check_inner_path(patch.where("file"), "file", patch.value.file, "patches/ beside stack.toml", problems);
    if (patch.value.strip < 0) {
        problems.add(patch.where("strip"), fmt::format("'strip' must not be negative, found {}", patch.value.strip));
    }
}

void check_configurations(const std::vector<Item<Configuration>>& configurations, Problems& problems) {
    check_unique(configurations, "[[configuration]]", problems);
    for (const auto& configuration : configurations) {
        const Configuration& value = configuration.value;
        // Names are folders as well; rpm's rules for names leave no '/' and no leading '.'.
        check_rpm_name(configuration.where("name"), "name", value.name, problems);
        check_install_path(configuration.where("interpreter"), "interpreter", value.interpreter, problems);
        if (value.early_targets.empty() && !value.early_arguments.empty()) {
            problems.add(configuration.where("early-arguments"),
                         "'early-arguments' have no effect without 'early-targets'");
        }
    }
}

void check_alias(const Item<Alias>& alias, Problems& problems) {
    check_install_path(alias.where("path"), "path", alias.value.path, problems);
    check_install_path(alias.where("of"), "of", alias.value.of, problems);
}

void check_rule(const Item<ConflictRule>& rule, Problems& problems) {
    check_pattern(rule.where("path"), "path", rule.value.path, problems);
}

void check_bytecode(const Item<Bytecode>& bytecode, Problems& problems) {
    const Bytecode& value = bytecode.value;
    for (const auto& path : value.paths) check_install_path(bytecode.where("paths"), "paths", path, problems);
    check_install_path(bytecode.where("library-path"), "library-path", value.library_path, problems);
    check_install_path(bytecode.where("home"), "home", value.home, problems);
    for (const int level : value.levels) {
        if (level < 0 || level > 2) {
            problems.add(bytecode.where("levels"), fmt::format("'levels' must be 0, 1 or 2 each, found {}", level));
        }
    }
}

void check_system_directories(const Item<Stack>& packages, Problems& problems) {
    check_patterns(packages, "system-directories", packages.value.system_directories, problems);
}

void check_packages(const std::vector<Item<Package>>& packages, const toml::table& root, Problems& problems) {
    check_unique(packages, "[[package]]", problems);
    const Item<Package>* main = nullptr;
    for (const auto& package : packages) {
        const Package& value = package.value;
        check_rpm_name(package.where("name"), "name", value.name, problems);
        check_patterns(package, "files", value.files, problems);
        check_patterns(package, "doc-files", value.doc_files, problems);
        check_patterns(package, "license-files", value.license_files, problems);
        if (value.main && main != nullptr) {
            problems.add(package.where("main"), fmt::format("a second [[package]] is 'main'; the first is {} in {}",
                                                            in_quotes(main->value.name), main->place().text()));
        }
        if (value.main && main == nullptr) main = &package;
    }
    if (main == nullptr) {
        problems.add(packages.empty() ? root.source() : packages.front().table->source(),
                     "no [[package]] has 'main = true'");
    }
}

ConfigurationNames::ConfigurationNames(const std::vector<Item<Configuration>>& configurations) {
    for (const auto& configuration : configurations) {
        const std::string& name = configuration.value.name;
        if (name.empty()) continue;
        some_are_open_ = some_are_open_ || has_macro(name);
        if (lookup_.insert(name).second) names_.push_back(name);
    }
}

void ConfigurationNames::check(const toml::source_region& where, std::string_view key, const std::string& name,
                               Problems& problems) const {
    if (name.empty() || has_macro(name) || some_are_open_ || lookup_.contains(name)) return;
    problems.add(where, fmt::format("{} names no [[configuration]]: {}{}", in_quotes(key), in_quotes(name),
                                    problems.full() ? std::string() : suggestion(name, names_)));
}

void check_bootstrap(const Item<BootstrapRecipe>& bootstrap, const std::vector<Configuration>& configurations,
                     const ConfigurationNames& names, Problems& problems) {
    const BootstrapRecipe& value = bootstrap.value;
    names.check(bootstrap.where("configuration"), "configuration", value.configuration, problems);
    if (value.targets.empty()) {
        problems.add(bootstrap.where("targets"),
                     "'targets' is empty: name the programs, or leave [build.bootstrap] out");
    }
    for (const auto& target : value.targets) {
        check_inner_path(bootstrap.where("targets"), "targets", target, "the build folder", problems);
    }
    for (const Configuration& configuration : configurations) {
        if (configuration.name == "bootstrap") {
            problems.add(bootstrap.table->source(),
                         "a [[configuration]] is called \"bootstrap\", which is the name of these programs' folder");
        }
        if (configuration.name == value.configuration && uses_bootstrap(configuration)) {
            problems.add(
                bootstrap.where("configuration"),
                fmt::format("{} makes the programs, so the arguments of its own make must not contain ${{bootstrap}}",
                            in_quotes(value.configuration)));
        }
    }
}

namespace {

/// The bconds that the condition of @p recipe depends on.
void check_switches(const Item<ProfileRecipe>& recipe, const std::vector<Bcond>& bconds, Problems& problems) {
    const ProfileRecipe& value = recipe.value;
    std::vector<std::string> known;
    for (const Bcond& bcond : bconds) known.push_back(bcond.name);
    const std::set<std::string_view> lookup(known.begin(), known.end());
    for (const auto& [key, names] : {std::pair{"with", &value.with}, std::pair{"without", &value.without}}) {
        if (!names->empty() && !value.condition.given()) {
            problems.add(recipe.where(key), fmt::format("'{}' has no effect without 'if'", key));
        }
        for (const std::string& name : *names) {
            if (lookup.contains(name)) continue;
            problems.add(recipe.where(key), fmt::format("'{}' names no [[bcond]]: {}{}", key, in_quotes(name),
                                                        problems.full() ? std::string() : suggestion(name, known)));
        }
    }
    const std::set<std::string_view> with(value.with.begin(), value.with.end());
    for (const std::string& name : value.without) {
        if (with.contains(name)) problems.add(recipe.where("without"), in_quotes(name) + " is also in 'with'");
    }
}

void check_trained_once(const Item<ProfileRecipe>& recipe, const Configuration& configuration, Problems& problems) {
    if (recipe.value.condition.given() || !configuration.trains.given()) return;
    problems.add(recipe.table->source(),
                 fmt::format("{} is always trained by [configuration.profile], so it must not have 'trains'",
                             in_quotes(configuration.name)));
}

}  // namespace

void check_recorded_profile(const Item<RecordedProfile>& profile, Problems& problems) {
    check_inner_path(profile.where("file"), "file", profile.value.file, "profiles/ beside stack.toml", problems);
}

void check_profile_recipe(const Item<ProfileRecipe>& recipe, const std::vector<Bcond>& bconds,
                          const Configuration& configuration, Problems& problems) {
    const ProfileRecipe& value = recipe.value;
    check_switches(recipe, bconds, problems);
    check_trained_once(recipe, configuration, problems);
    const auto require_some = [&](const char* key, const std::vector<std::string>& values) {
        if (values.empty()) problems.add(recipe.where(key), fmt::format("'{}' is empty", key));
    };
    require_some("targets", value.targets);
    for (const auto& [key, patterns] : {std::pair{"files", &value.files}, std::pair{"sources", &value.sources}}) {
        require_some(key, *patterns);
        for (const auto& pattern : *patterns) check_inner_pattern(recipe.where(key), key, pattern, problems);
    }
    const std::string& other = value.other_sources;
    if (other.empty() || has_macro(other) || other == "train" || other == "use") return;
    problems.add(recipe.where("other-sources"),
                 fmt::format("'other-sources' must be \"train\" or \"use\", found {}", in_quotes(other)));
}

void check_step_configurations(const Item<RawStep>& step, const ConfigurationNames& names, Problems& problems) {
    const toml::node* node = step.table->get("configurations");
    if (node == nullptr || !node->is_array()) return;
    // An empty list would mean "all", which is never what a list whose macros expanded to nothing wants to say.
    if (step.value.configurations.empty()) {
        problems.add(node->source(),
                     "'configurations' is empty: leave it out for all of them, use 'if' to switch the step off");
    }
    for (const auto& name : step.value.configurations) names.check(node->source(), "configurations", name, problems);
}

}  // namespace pystacks::stack
