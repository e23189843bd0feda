#pragma once

#include <string>

#include "scratch/package_set.hpp"
#include "verify/test_choice.hpp"

/// CPython's own tests by name.
namespace pystacks::verify {

/// Where a test is below the folder of tests: "test_asyncio/test_events" for "test.test_asyncio.test_events".
[[nodiscard]] std::string path_of_test(const std::string& name);

/// @throws Error (usage) for a name that no package has as a test, with the nearest that one has
void require_tests(const TestChoice& choice, const scratch::PackageSet& packages);

}  // namespace pystacks::verify
