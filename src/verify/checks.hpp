#pragma once

#include <vector>

#include "verify/check.hpp"
#include "verify/subject.hpp"
#include "verify/verify.hpp"

/// The checks that are more than one command: each function makes those of one subject. All keep references to the
/// Subject, which has to outlive them.
namespace pystacks::verify {

[[nodiscard]] std::vector<Check> package_checks(Subject& subject);
[[nodiscard]] std::vector<Check> installation_checks(Subject& subject, const Request& request);
[[nodiscard]] std::vector<Check> module_checks(Subject& subject);
[[nodiscard]] std::vector<Check> bytecode_checks(Subject& subject);
[[nodiscard]] std::vector<Check> content_checks(Subject& subject);
[[nodiscard]] std::vector<Check> elf_checks(Subject& subject);
[[nodiscard]] std::vector<Check> regression_checks(Subject& subject, const Request& request);

/// All of them.
[[nodiscard]] std::vector<Check> all_built_in_checks(Subject& subject, const Request& request);

}  // namespace pystacks::verify
