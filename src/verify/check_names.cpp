#include "verify/check_names.hpp"

#include <utility>

#include "verify/preview.hpp"

namespace pystacks::verify {

using findings::Check;

std::vector<CheckName> check_names(const fs::path& scripts) {
    rpm::Package package;
    for (const char* provided : {"pystacks(configuration:debug)", "pystacks(variant-of:optimized)"}) {
        package.dependencies.at(static_cast<std::size_t>(rpm::DependencyKind::provides))
            .push_back({provided, provided, false});
    }
    const scratch::PackageSet packages({package});
    InstalledInterpreter optimized;
    InstalledInterpreter debug;
    debug.abi.traits = python::debug_traits;
    Subject subject{packages, packages, nullptr, {optimized, debug}, scripts, 1};
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
