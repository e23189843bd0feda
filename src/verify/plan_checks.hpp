#pragma once

#include <memory>
#include <vector>

#include "findings/check.hpp"
#include "verify/plan.hpp"
#include "verify/subject.hpp"

namespace pystacks::verify {

/// The checks of a plan for the interpreters of @p subject, which must outlive them.
[[nodiscard]] std::vector<findings::Check> planned_checks(const std::vector<PlannedCheck>& plan, Subject& subject);

}  // namespace pystacks::verify
