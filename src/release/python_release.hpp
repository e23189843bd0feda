#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

/// Releases of CPython, for the commands that make a stack of one.
namespace pystacks::release {

/// "3.14.0". Pre-releases are none: their tarballs, tags and rpm versions are spelled in three ways.
struct Version {
    unsigned major = 0, minor = 0, patch = 0;

    [[nodiscard]] std::string text() const;
    [[nodiscard]] std::string stack_name() const;  ///< "python3.14"
    friend bool operator==(const Version&, const Version&) = default;
    // Not by <=>: clang-tidy 14 takes the zero that it is compared with for a null pointer.
    friend bool operator<(const Version& a, const Version& b) {
        return std::tie(a.major, a.minor, a.patch) < std::tie(b.major, b.minor, b.patch);
    }
};

/// @throws Error (usage) that says what a version looks like
[[nodiscard]] Version parse_version(std::string_view text, std::string_view attempted);

/// What a source tarball says of itself.
struct PythonSource {
    Version version;
    std::string file;            ///< the tarball's name
    std::string sha256;          ///< the tarball's
    std::filesystem::path tree;  ///< unpacked
    /// Versions of bundled copies, as the stacks' macros have them; nothing where there is no copy.
    std::optional<std::string> libmpdec, mimalloc;
};

/// Unpacks @p tarball below @p folder. @throws Error (usage) where it is not the source of @p version
[[nodiscard]] PythonSource open_source(const std::filesystem::path& tarball, const Version& version,
                                       const std::filesystem::path& folder, std::string_view attempted);

}  // namespace pystacks::release
