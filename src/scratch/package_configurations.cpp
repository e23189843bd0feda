#include "scratch/package_configurations.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "python/file_evidence.hpp"
#include "python/trait_names.hpp"
#include "rpm/configuration_provides.hpp"
#include "scratch/package_role.hpp"

namespace pystacks::scratch {
namespace {

using python::Traits;

/// For which builds of Python a package has files, each with one of them.
using Evidence = std::map<Traits, std::string>;

Evidence evidence_of(const rpm::Package& package) {
    Evidence evidence;
    for (const rpm::PackageFile& file : package.files) {
        if (const auto traits = python::traits_of_file(file.path)) evidence.try_emplace(*traits, file.path);
    }
    return evidence;
}

std::string described(const Evidence& evidence) {
    std::vector<std::string> builds;
    for (const auto& [traits, path] : evidence) builds.push_back(fmt::format("{} ({})", name_of(traits), path));
    return join(builds, ", ");
}

bool is_within(Traits some, Traits all) {
    for (const python::Trait trait :
         {python::Trait::debug, python::Trait::free_threaded, python::Trait::address_sanitizer,
          python::Trait::thread_sanitizer, python::Trait::undefined_sanitizer}) {
        if (some.has(trait) && !all.has(trait)) return false;
    }
    return true;
}

/// One assignment while it is made.
class Assigner {
public:
    explicit Assigner(const std::vector<rpm::Package>& packages)
        : packages_(packages), names_(packages.size()), evidence_(packages.size()), undeclared_(packages.size()) {}

    ConfigurationAssignment run() {
        for (std::size_t i = 0; i < packages_.size(); ++i) {
            if (role_of(packages_[i]) != Role::program) continue;
            evidence_[i] = evidence_of(packages_[i]);
            declare(i);
        }
        by_name_.empty() ? assign_by_files() : assign_the_rest_to_the_base();
        sort();
        return std::move(result_);
    }

private:
    void declare(std::size_t index) {
        const auto declared = rpm::declared_configuration(packages_[index]);
        undeclared_[index] = !declared;
        if (!declared) return;
        names_[index] = declared->name;
        const PackagedConfiguration configuration{
            declared->name, declared->variant_of, declared->suffix, declared->traits, true, declared->unknown_traits};
        const auto [known, is_new] = by_name_.emplace(declared->name, configuration);
        if (!is_new && (known->second.variant_of != declared->variant_of || known->second.traits != declared->traits)) {
            throw Error(
                ErrorKind::usage, "cannot tell the configuration of", packages_[index].file.string(),
                fmt::format("another package of its build says something else of the configuration {}", declared->name),
                "give the packages of one build");
        }
    }

    /// The name that most say of the configuration that all are variants of; the others are missing.
    void name_base() {
        std::map<std::string, int> said;
        for (const auto& [name, configuration] : by_name_) {
            if (!by_name_.contains(configuration.variant_of)) ++said[configuration.variant_of];
        }
        base_.name = "optimized";  // where variants lead in a circle, which pystacks does not build
        int most = 0;
        for (const auto& [name, times] : said) {
            if (times > most) std::tie(base_.name, most) = std::tie(name, times);
        }
        for (const auto& [name, times] : said) {
            if (name != base_.name) result_.missing.push_back(name);
        }
    }

    void assign_the_rest_to_the_base() {
        name_base();
        std::set<Traits> seen;
        for_undeclared([&](std::size_t index) {
            if (evidence_[index].size() == 1) seen.insert(evidence_[index].begin()->first);
        });
        base_.traits = seen.size() == 1 ? *seen.begin() : Traits();
        for_undeclared([&](std::size_t index) {
            const Evidence& evidence = evidence_[index];
            if (evidence.empty() || (evidence.size() == 1 && evidence.begin()->first == base_.traits)) {
                names_[index] = base_.name;
            } else {
                result_.unknown.push_back({index, fmt::format("it has files of {}, but does not say of which "
                                                              "configuration it is",
                                                              described(evidence))});
            }
        });
    }

    void assign_by_files() {
        std::set<Traits> seen;
        for_undeclared([&](std::size_t index) {
            const Evidence& evidence = evidence_[index];
            if (evidence.size() < 2) seen.insert(evidence.empty() ? Traits() : evidence.begin()->first);
        });
        base_.traits = seen.empty() ? Traits() : *seen.begin();
        base_.name = name_of(base_.traits);
        base_.declared = false;
        for (const Traits traits : seen) {
            if (traits != base_.traits) add_by_traits(traits, seen);
        }
        for_undeclared([&](std::size_t index) {
            const Evidence& evidence = evidence_[index];
            if (evidence.size() > 1) {
                result_.unknown.push_back({index, "it has files of several builds: " + described(evidence)});
            } else {
                names_[index] = name_of(evidence.empty() ? base_.traits : evidence.begin()->first);
            }
        });
    }

    /// It is a variant of the configuration with most of its traits.
    void add_by_traits(Traits traits, const std::set<Traits>& all) {
        std::tuple<std::size_t, std::string> nearest{0, base_.name};
        for (const Traits other : all) {
            if (other == traits || !is_within(other, traits)) continue;
            nearest = std::max(nearest, std::tuple(python::words_of(other).size(), name_of(other)));
        }
        by_name_.emplace(name_of(traits),
                         PackagedConfiguration{name_of(traits), std::get<std::string>(nearest), {}, traits, false, {}});
    }

    template <class Work>
    void for_undeclared(const Work& work) {
        for (std::size_t i = 0; i < packages_.size(); ++i) {
            if (undeclared_[i]) work(i);
        }
    }

    [[nodiscard]] std::size_t depth(const std::string& name) const {
        std::size_t steps = 0;
        for (auto at = by_name_.find(name); at != by_name_.end() && steps <= by_name_.size();
             at = by_name_.find(at->second.variant_of)) {
            ++steps;
        }
        return steps;
    }

    /// The base first, and each behind the one that it is a variant of.
    void sort() {
        std::vector<std::tuple<std::size_t, std::string>> order;
        for (const auto& [name, configuration] : by_name_) order.emplace_back(depth(name), name);
        std::sort(order.begin(), order.end());
        result_.configurations.push_back(base_);
        for (const auto& [steps, name] : order) result_.configurations.push_back(by_name_.at(name));
        for (const std::optional<std::string>& name : names_) {
            const auto found = std::find_if(result_.configurations.begin(), result_.configurations.end(),
                                            [&](const PackagedConfiguration& each) { return each.name == name; });
            result_.of_package.push_back(name ? std::optional<std::size_t>(found - result_.configurations.begin())
                                              : std::nullopt);
        }
    }

    const std::vector<rpm::Package>& packages_;
    std::vector<std::optional<std::string>> names_;         ///< by package
    std::vector<Evidence> evidence_;                        ///< by package
    std::vector<bool> undeclared_;                          ///< programs that do not say their configuration
    std::map<std::string, PackagedConfiguration> by_name_;  ///< without the base
    PackagedConfiguration base_;
    ConfigurationAssignment result_;
};

}  // namespace

ConfigurationAssignment assign_configurations(const std::vector<rpm::Package>& packages) {
    return Assigner(packages).run();
}

}  // namespace pystacks::scratch
