#pragma once

#include "extension/spec_build.hpp"

namespace pystacks::cli::extension::build {

/// The packages, the audit and the comparison, as text or as JSON.
void print_result(const pystacks::extension::SpecBuildResult& result, bool as_json);

}  // namespace pystacks::cli::extension::build
