#include "verify/variant_checks.hpp"

#include "base/text.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::Needs;
using findings::Verdict;
using scratch::PackagedConfiguration;

std::string filled_in(const std::string& text, const std::string& name, const std::string& of) {
    return replace_all(replace_all(text, "{0}", name), "{1}", of);
}

std::vector<std::string> interpreters(VariantCheck::Interpreters which, const PackagedConfiguration& itself,
                                      const PackagedConfiguration& of) {
    switch (which) {
        case VariantCheck::Interpreters::base:
            return {of.name};
        case VariantCheck::Interpreters::both:
            return {of.name, itself.name};
        case VariantCheck::Interpreters::neither:
            break;
    }
    return {};
}

}  // namespace

std::vector<Check> checks_of_variants(const Subject& subject, const VariantCheck& check) {
    std::vector<Check> checks;
    for (const PackagedConfiguration* itself : subject.packages.variants()) {
        const std::string name = check.name + "@" + itself->name;
        const std::string about = filled_in(check.about, itself->name, itself->variant_of);
        const PackagedConfiguration* of = subject.packages.configuration(itself->variant_of);
        if (of == nullptr) {
            const std::string reason = itself->name + " is a variant of " + itself->variant_of +
                                       ", which none of the packages belongs to: see packages.configurations";
            checks.push_back({name, about, [reason] { return Verdict::not_run(reason); }, Needs::headers});
            continue;
        }
        checks.push_back({name, about, [run = check.run, variant = Variant{*itself, *of}] { return run(variant); },
                          check.needs, interpreters(check.have_to_start, *itself, *of), check.cost});
    }
    if (!checks.empty()) return checks;
    const std::string base = subject.packages.base().name;
    const auto only = [base] { return Verdict::not_offered("there is one configuration, " + base); };
    return {{check.name, filled_in(check.about, "each configuration", "the one that it is a variant of"), only,
             Needs::headers}};
}

std::vector<Check> checks_of_configurations(const Subject& subject, const std::string& name, const std::string& about,
                                            const std::function<Verdict(const PackagedConfiguration&)>& run,
                                            Needs needs) {
    std::vector<Check> checks;
    for (const PackagedConfiguration& each : subject.packages.configurations()) {
        checks.push_back({name + "@" + each.name, filled_in(about, each.name, each.variant_of),
                          [run, each] { return run(each); }, needs});
    }
    return checks;
}

}  // namespace pystacks::verify
