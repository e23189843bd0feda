#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "transform/refusal.hpp"

/// Specs of any length, for tests of how long they take.
namespace pystacks::transform {

/// @p line as often, with its number for "{}".
[[nodiscard]] std::string lines(std::size_t count, const std::string& line);

/// The declaration of a package.
[[nodiscard]] std::string package(const std::string& name);

/// The sample, whose %files lists @p files.
[[nodiscard]] std::string with_files(const std::string& files);
/// The same, with @p packages declared above its scripts.
[[nodiscard]] std::string with_packages(const std::string& packages, const std::string& files);
/// The sample with @p script in %build.
[[nodiscard]] std::string with_script(const std::string& script);
/// The sample with @p text in its preamble.
[[nodiscard]] std::string in_preamble(const std::string& text);
/// A spec built by CMake, so that it is looked for what shows that there are modules.
[[nodiscard]] std::string by_cmake(const std::string& text);

/// Why the spec is refused.
[[nodiscard]] Reason reason_of(const std::string& text);

/// How the cost of a transformation grows with the spec that @p make makes of a number.
[[nodiscard]] double growth_of(const std::function<std::string(std::size_t)>& make, std::size_t size);

}  // namespace pystacks::transform
