#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "build/environment.hpp"

namespace pystacks::build {

/// What compiles, and against what: enters the keys of stamps, so that a new compiler, or a library that was installed
/// since, configures everything again.
struct Toolchain {
    std::string compiler;  ///< first line of `$CC --version`
    std::string make;      ///< first line of `make --version`
    std::string
        host;  ///< digest of the host's headers, libraries (names, sizes, times) and pkg-config files (contents)
    /// Digest of the compiler's own programs and files: where they are and what is in them. A version's first line
    /// stays the same through a distribution's updates.
    std::string compiler_files = {};
    std::string programs = {};  ///< the same of those that a configure script looks for on PATH
    /// What the formats of a compiler's own files depend on: its version without a distribution's revision, its
    /// machine.
    std::string release = {};
};

/// Asks $CC (of @p environment; "gcc" when it is not set) and make.
/// @param environment the recipe's: its CC, and folders that its flags name with -I, -isystem and -L
/// @param root where the host's files are looked for; for tests
/// @throws Error that names the missing program.
[[nodiscard]] Toolchain toolchain(const ChildEnvironment& child, const Environment& environment,
                                  const std::filesystem::path& root = "/");

/// Remembers what was found for configurations that compile with the same; one run of the program long.
class ToolchainCache {
public:
    /// @throws Error
    const Toolchain& get(const ChildEnvironment& child, const Environment& environment);

private:
    std::map<Environment, Toolchain> found_;
};

}  // namespace pystacks::build
