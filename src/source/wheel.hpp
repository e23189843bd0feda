#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace pystacks::source {

/// A Python project as a wheel names it.
struct BundledProject {
    std::string name;     ///< normalized (stack/wheel_project.hpp)
    std::string version;  ///< upstream's own
    friend bool operator==(const BundledProject&, const BundledProject&) = default;
};

struct WheelContents {
    /// What the wheel is, then what it contains: sorted by name and version, each once.
    std::vector<BundledProject> projects;
    /// Folders of vendored modules of which the wheel does not say what they are; sorted.
    std::vector<std::string> silent_folders;
};

/// Reads what a wheel (a zip archive) says of itself. Nothing is unpacked.
///
/// The wheel's own name and version are those of its folder NAME-VERSION.dist-info (packaging.python.org, "Binary
/// distribution format"). Vendored projects lie in folders called `_vendor` or `vendored`; they are listed in a file
/// vendor.txt or vendored.txt there, as pip does, or have dist-info folders of their own, as in setuptools.
/// @throws Error that names the wheel, when it cannot be read or has no name and version
[[nodiscard]] WheelContents read_wheel(const std::filesystem::path& wheel);

}  // namespace pystacks::source
