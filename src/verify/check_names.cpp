#include "verify/check_names.hpp"

#include <utility>

#include "verify/preview.hpp"

namespace pystacks::verify {

using findings::Check;

std::vector<CheckName> check_names(const fs::path& scripts) {
    const scratch::PackageSet none({});
    InstalledInterpreter optimized;
    InstalledInterpreter debug;
    debug.abi.traits = python::debug_traits;
    Subject subject{none, none, nullptr, {optimized, debug}, scripts, 1};
    VerificationRequest request;
    request.scripts = scripts;
    request.upgrade = "given";  // there is a check of it then
    std::vector<CheckName> names;
    for (Check& check : checks_of(subject, request, "")) {
        names.push_back({std::move(check.name), std::move(check.about)});
    }
    return names;
}

}  // namespace pystacks::verify
