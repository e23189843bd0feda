#pragma once

#include <functional>
#include <string>
#include <vector>

#include "findings/check.hpp"
#include "verify/subject.hpp"

/// Checks of each configuration against the one that it is a variant of. They are called NAME@CONFIGURATION.
namespace pystacks::verify {

/// A configuration that has packages, and the one that it is a variant of.
struct Variant {
    scratch::PackagedConfiguration itself;
    scratch::PackagedConfiguration of;
};

/// What a check of each variant is.
struct VariantCheck {
    std::string name;   ///< without "@debug"
    std::string about;  ///< {0} stands for the configuration, {1} for the one that it is a variant of
    std::function<findings::Verdict(const Variant&)> run;
    findings::Needs needs = findings::Needs::installation;
    enum class Interpreters { neither, base, both } have_to_start = Interpreters::neither;
    int cost = 1;  ///< as of findings::Check
};

/// One check for each configuration but the base. A configuration whose packages say that it is a variant of one that
/// is not among the packages has a check that is not run and says so. Where there is only the base, one check that is
/// not offered.
[[nodiscard]] std::vector<findings::Check> checks_of_variants(const Subject& subject, const VariantCheck& check);

/// A check for each configuration, the base too. @param about {0} stands for the configuration
[[nodiscard]] std::vector<findings::Check> checks_of_configurations(
    const Subject& subject, const std::string& name, const std::string& about,
    const std::function<findings::Verdict(const scratch::PackagedConfiguration&)>& run,
    findings::Needs needs = findings::Needs::installation);

}  // namespace pystacks::verify
