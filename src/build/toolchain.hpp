#pragma once

#include <string>

#include "build/environment.hpp"

namespace pystacks::build {

/// What compiles: enters the keys of stamps, so that a new compiler builds everything again.
struct Toolchain {
    std::string compiler;  ///< first line of `$CC --version`
    std::string make;      ///< first line of `make --version`
};

/// Asks $CC (of @p environment; "gcc" when it is not set) and make.
/// @throws Error that names the missing program.
[[nodiscard]] Toolchain toolchain(const ChildEnvironment& child, const Environment& environment);

}  // namespace pystacks::build
