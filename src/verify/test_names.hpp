#pragma once

#include <string>
#include <vector>

#include "scratch/package_set.hpp"

/// CPython's own tests by name, as `--regrtest` takes them.
namespace pystacks::verify {

/// The names in @p choice, with commas or spaces between them; none for "quick", "full" and "none".
[[nodiscard]] std::vector<std::string> named_tests(const std::string& choice);

/// Where a test is below the folder of tests: "test_asyncio/test_events" for "test.test_asyncio.test_events".
[[nodiscard]] std::string path_of_test(const std::string& name);

/// @throws Error (usage) for a name that no package has as a test, with the nearest that one has
void require_tests(const std::string& choice, const scratch::PackageSet& packages);

}  // namespace pystacks::verify
