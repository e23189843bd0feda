#include "stack/variants.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "python/trait_names.hpp"
#include "stack/paths.hpp"

namespace pystacks::stack {
namespace {

using Items = std::vector<Item<Configuration>>;

const Item<Configuration>* find(const Items& configurations, std::string_view name) {
    for (const auto& each : configurations) {
        if (each.value.name == name) return &each;
    }
    return nullptr;
}

/// What the base has to leave to the others.
void check_base(const Item<Configuration>& base, Problems& problems) {
    const auto refuse = [&](std::string_view key, std::string_view why) {
        if (!base.table->contains(key)) return;
        problems.add(base.where(key), fmt::format("{} is in the first [[configuration]], {}, which is the base: {}",
                                                  in_quotes(key), in_quotes(base.value.name), why));
    };
    refuse("variant-of", "it is a variant of none");
    refuse("package", "[[package]] tables claim its files by 'files'");
}

/// The names from @p start on, each a variant of the next; the last has been met before when they lead in a circle.
std::vector<std::string> ancestry(const Items& configurations, const Item<Configuration>& start) {
    std::vector<std::string> names;
    const Item<Configuration>* at = &start;
    while (at != nullptr) {
        const bool met = std::find(names.begin(), names.end(), at->value.name) != names.end();
        names.push_back(at->value.name);
        if (met || at->value.variant_of.empty() || at == &configurations.front()) break;
        at = find(configurations, at->value.variant_of);
    }
    return names;
}

void check_circle(const Items& configurations, const Item<Configuration>& start, Problems& problems) {
    const std::vector<std::string> names = ancestry(configurations, start);
    // A circle is noted once: at its first configuration.
    if (names.size() < 2 || names.back() != names.front()) return;
    for (const auto& each : configurations) {
        if (&each == &start) break;
        if (std::find(names.begin(), names.end(), each.value.name) != names.end()) return;
    }
    problems.add(start.where("variant-of"),
                 fmt::format("'variant-of' leads in a circle: {}; one of them must be a variant of the base, {}",
                             join(names, " -> "), in_quotes(configurations.front().value.name)));
}

/// Whether it is known to be on, or known to be off.
enum class Switched { on, off, unknown };
Switched switched(const Condition& condition) {
    if (has_macro(condition.expression)) return Switched::unknown;
    return condition.enabled() ? Switched::on : Switched::off;
}

/// What is compared with a configuration that is not built is compared with nothing.
void check_switched(const Items& configurations, const Item<Configuration>& variant, Problems& problems) {
    const Item<Configuration>* of = find(configurations, variant.value.variant_of);
    if (of == nullptr || switched(variant.value.condition) != Switched::on ||
        switched(of->value.condition) != Switched::off) {
        return;
    }
    problems.add(variant.where("variant-of"),
                 fmt::format("{} is a variant of {}, which is switched off: switch both off, or both on",
                             in_quotes(variant.value.name), in_quotes(of->value.name)));
}

void check_traits(const Item<Configuration>& configuration, Problems& problems) {
    const std::vector<std::string> words = python::trait_words();
    for (const std::string& word : configuration.value.traits) {
        if (has_macro(word) || python::trait_of_word(word)) continue;
        const std::string nearest = problems.full() ? std::string() : suggestion(word, words);
        problems.add(configuration.where("traits"),
                     fmt::format("'traits' has {}, which is not a trait{}", in_quotes(word),
                                 nearest.empty() ? "; there are: " + join(words, ", ") : nearest));
    }
}

void check_suffix(const Item<Configuration>& configuration, Problems& problems) {
    const Configuration& value = configuration.value;
    if (value.suffix.empty() || has_macro(value.suffix)) return;
    if (value.suffix.find('/') != std::string::npos) {
        problems.add(configuration.where("suffix"), fmt::format("'suffix' is the end of the names of commands, so it "
                                                                "cannot contain '/', found {}",
                                                                in_quotes(value.suffix)));
    } else if (!has_macro(value.interpreter) && !value.interpreter.ends_with(value.suffix)) {
        problems.add(configuration.where("interpreter"),
                     fmt::format("'interpreter' must end with the suffix of {}, {}, found {}", in_quotes(value.name),
                                 in_quotes(value.suffix), in_quotes(value.interpreter)));
    }
}

/// Notes the second configuration with a value that only one may have.
class OnceOnly {
public:
    OnceOnly(std::string_view key, std::string Configuration::*member) : key_(key), member_(member) {}

    void check(const Item<Configuration>& configuration, Problems& problems) {
        const std::string& text = configuration.value.*member_;
        if (text.empty()) return;
        const auto [first, is_new] = first_.emplace(text, configuration.value.name);
        if (is_new || first->second == configuration.value.name) return;
        problems.add(configuration.where(key_),
                     fmt::format("{} of {} is also that of {}: {}", in_quotes(key_),
                                 in_quotes(configuration.value.name), in_quotes(first->second), in_quotes(text)));
    }

private:
    std::string_view key_;
    std::string Configuration::*member_;
    std::map<std::string, std::string> first_;
};

/// What it says, or what those say that it is a variant of.
std::string inherited_libdir(const std::vector<Configuration>& configurations, const Configuration& start) {
    const Configuration* at = &start;
    for (std::size_t steps = 0; at != nullptr && steps < configurations.size(); ++steps) {
        if (!at->libdir.empty()) return at->libdir;
        const auto of = std::find_if(configurations.begin(), configurations.end(),
                                     [&](const Configuration& each) { return each.name == at->variant_of; });
        at = of == configurations.end() ? nullptr : &*of;
    }
    return {};
}

}  // namespace

void check_variants(const Items& configurations, const ConfigurationNames& names, Problems& problems) {
    OnceOnly suffixes("suffix", &Configuration::suffix);
    OnceOnly interpreters("interpreter", &Configuration::interpreter);
    for (const auto& each : configurations) {
        if (&each == &configurations.front()) check_base(each, problems);
        names.check(each.where("variant-of"), "variant-of", each.value.variant_of, problems);
        check_circle(configurations, each, problems);
        check_switched(configurations, each, problems);
        check_traits(each, problems);
        check_suffix(each, problems);
        check_install_path(each.where("libdir"), "libdir", each.value.libdir, problems);
        suffixes.check(each, problems);
        interpreters.check(each, problems);
    }
}

void assign_packages(const Items& configurations, std::vector<Item<Package>>& packages, Problems& problems) {
    std::vector<std::string> names;
    for (const auto& package : packages) names.push_back(package.value.name);
    OnceOnly once("package", &Configuration::package);
    for (const auto& each : configurations) {
        const std::string& name = each.value.package;
        if (name.empty() || &each == &configurations.front()) continue;
        once.check(each, problems);
        const auto named = std::find(names.begin(), names.end(), name);
        if (named != names.end()) {
            Package& package = packages[static_cast<std::size_t>(named - names.begin())].value;
            if (package.configuration.empty()) package.configuration = each.value.name;
        } else if (!problems.full()) {
            problems.add(each.where("package"),
                         fmt::format("'package' names no [[package]]: {}{}", in_quotes(name), suggestion(name, names)));
        }
    }
}

void complete(std::vector<Configuration>& configurations) {
    for (Configuration& each : configurations) {
        const bool is_base = &each == &configurations.front();
        if (!is_base && each.variant_of.empty()) each.variant_of = configurations.front().name;
    }
    for (Configuration& each : configurations) {
        each.variables.try_emplace("suffix");
        if (!each.suffix.empty()) each.variables["suffix"] = each.suffix;
        const std::string libdir = inherited_libdir(configurations, each);
        if (libdir.empty()) continue;
        each.variables["pylibdir"] = libdir;
        each.variables["dynload_dir"] = libdir + "/lib-dynload";
    }
    for (Configuration& each : configurations) each.libdir = inherited_libdir(configurations, each);
}

}  // namespace pystacks::stack
