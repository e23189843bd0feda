#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "findings/finding_list.hpp"
#include "python/trait_names.hpp"
#include "verify/checks.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::FindingList;
using findings::Needs;
using findings::Verdict;
using scratch::PackagedConfiguration;

std::string tree_of(const scratch::PackageSet& packages) {
    std::vector<std::string> words;
    for (const PackagedConfiguration& each : packages.configurations()) {
        words.push_back(fmt::format("{}{} ({})", each.name, each.is_base() ? "" : " < " + each.variant_of,
                                    packages.of_configuration(each.name).size()));
    }
    return join(words, ", ");
}

/// What nobody can tell is compared with nothing, so it has to be said.
Verdict all_known(const scratch::PackageSet& packages) {
    FindingList findings;
    for (const std::string& each : packages.unknown()) findings.add(each);
    for (const std::string& name : packages.missing()) {
        findings.add("no package belongs to the configuration " + name + ", which another one is a variant of");
    }
    for (const PackagedConfiguration& each : packages.configurations()) {
        for (const std::string& trait : each.unknown_traits) {
            findings.add(fmt::format("the packages of {} have the trait {}, which this pystacks does not know",
                                     each.name, trait));
        }
    }
    return findings.verdict(tree_of(packages), "configurations that nobody can tell",
                            "every package says, or shows by its files, of which configuration it is, and the one that "
                            "this is a variant of is there too");
}

std::string words(python::Traits traits) {
    const std::vector<std::string> all = python::words_of(traits);
    return all.empty() ? "no traits" : join(all, ", ");
}

/// What the packages say of a configuration is what its interpreter is.
Verdict traits_hold(const scratch::PackageSet& packages, const InstalledInterpreter& interpreter) {
    const PackagedConfiguration* said = packages.configuration(interpreter.packaged_in);
    if (said == nullptr) {
        return Verdict::not_run("nobody can tell the configuration of its package: see packages.configurations");
    }
    const python::Traits found = python::with_words(interpreter.abi.traits);
    if (found == said->traits) return Verdict::pass(words(found));
    return Verdict::fail(interpreter.executable + " has other traits than its packages say",
                         fmt::format("{}, as {} of the configuration {}", words(said->traits),
                                     said->declared ? "the packages provide" : "the files are named", said->name),
                         words(found));
}

}  // namespace

std::vector<Check> configuration_checks(Subject& subject) {
    std::vector<Check> checks{{"packages.configurations", "every package's configuration is known",
                               [&subject] { return all_known(subject.packages); }, Needs::headers}};
    for (const InstalledInterpreter& interpreter : subject.interpreters) {
        checks.push_back({"interpreter.traits@" + interpreter.configuration(),
                          "the interpreter was built with the traits that its packages say",
                          [&subject, &interpreter] { return traits_hold(subject.packages, interpreter); },
                          Needs::installation,
                          {interpreter.configuration()}});
    }
    return checks;
}

}  // namespace pystacks::verify
