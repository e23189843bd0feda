#pragma once

#include <array>
#include <string>

#include "stack/problems.hpp"
#include "stack/toml.hpp"
#include "verify/installed_interpreter.hpp"

namespace pystacks::verify {

/// Which interpreters of a stack something is about: `on` of plan.toml and regrtest.toml. Debug interpreters are those
/// of any configuration with the trait `debug`, and optimized ones all others.
enum class Target { each, optimized, debug };

/// Those that mean one interpreter.
inline constexpr std::array single_targets{Target::optimized, Target::debug};

[[nodiscard]] std::string name_of(Target target);

/// The target with that name. Any other name is noted in @p problems.
[[nodiscard]] Target read_target(const std::string& name, const toml::source_region& where, stack::Problems& problems);

[[nodiscard]] bool includes(Target target, const InstalledInterpreter& interpreter);

}  // namespace pystacks::verify
