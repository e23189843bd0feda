#pragma once

#include <filesystem>
#include <string>

#include "build/environment.hpp"

namespace pystacks::build {

/// What compiles, and against what: enters the keys of stamps, so that a new compiler, or a library that was installed
/// since, configures everything again.
struct Toolchain {
    std::string compiler;  ///< first line of `$CC --version`
    std::string make;      ///< first line of `make --version`
    std::string headers;   ///< digest of the host's headers (names and sizes) and pkg-config files (contents)
};

/// Asks $CC (of @p environment; "gcc" when it is not set) and make.
/// @param root where the host's files are looked for; for tests
/// @throws Error that names the missing program.
[[nodiscard]] Toolchain toolchain(const ChildEnvironment& child, const Environment& environment,
                                  const std::filesystem::path& root = "/");

}  // namespace pystacks::build
