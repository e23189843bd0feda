#pragma once

#include <vector>

#include "findings/check.hpp"
#include "scratch/package_set.hpp"
#include "verify/installed_interpreter.hpp"
#include "verify/subject.hpp"
#include "verify/verify.hpp"

/// What the headers of packages tell before anything is installed.
namespace pystacks::verify {

/// One interpreter of each configuration that the packages have one for, by names of files: only what it is called, and
/// of which configuration it is.
[[nodiscard]] std::vector<InstalledInterpreter> packaged_interpreters(const scratch::PackageSet& packages);

/// @throws Error (usage) for packages that no check can be run on: without an interpreter, source packages alone,
/// without
///         a package of the same build that another one requires
void require_verifiable(const GivenPackages& input, const VerificationRequest& request);

/// All checks that @p request asks for, by name and about; they cannot be run. @throws Error (usage) for wrong patterns
/// and names of tests.
[[nodiscard]] std::vector<findings::Check> previewed_checks(const GivenPackages& input,
                                                            const VerificationRequest& request);

/// The prefix of the names of a stack's checks: "python3.13/" where there are several stacks.
/// @param source_rpm the file name of its source package
[[nodiscard]] std::string prefix_of(const std::string& source_rpm, std::size_t stacks);

/// The planned and the built-in checks of @p subject, their names with @p prefix.
[[nodiscard]] std::vector<findings::Check> checks_of(Subject& subject, const VerificationRequest& request,
                                                     const std::string& prefix);

}  // namespace pystacks::verify
