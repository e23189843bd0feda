#pragma once

#include <vector>

#include "findings/check.hpp"
#include "verify/subject.hpp"
#include "verify/verify.hpp"

/// The checks that are more than one command: each function makes those of one subject. All keep references to the
/// Subject, which has to outlive them.
namespace pystacks::verify {

[[nodiscard]] std::vector<findings::Check> configuration_checks(Subject& subject);
[[nodiscard]] std::vector<findings::Check> package_checks(Subject& subject);
[[nodiscard]] std::vector<findings::Check> installation_checks(Subject& subject, const VerificationRequest& request);
[[nodiscard]] std::vector<findings::Check> module_checks(Subject& subject);
[[nodiscard]] std::vector<findings::Check> bytecode_checks(Subject& subject);
[[nodiscard]] std::vector<findings::Check> content_checks(Subject& subject);
[[nodiscard]] std::vector<findings::Check> elf_checks(Subject& subject);
[[nodiscard]] std::vector<findings::Check> regression_checks(Subject& subject, const VerificationRequest& request);

/// All of them.
[[nodiscard]] std::vector<findings::Check> all_built_in_checks(Subject& subject, const VerificationRequest& request);

}  // namespace pystacks::verify
