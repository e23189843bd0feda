#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "release/python_release.hpp"

namespace pystacks::release {

/// A stack that moves to another patch release.
struct UpdateRequest {
    std::string version;  ///< "3.13.6"
    std::string stack;    ///< its folder
    /// The source of that release. Empty: it is looked for in `sources`, beside the stack and in the current folder,
    /// and downloaded into `sources` otherwise.
    std::filesystem::path tarball;
    std::filesystem::path sources;
    /// Downloads a URL to a file. @throws Error
    std::function<void(const std::string& url, const std::filesystem::path& file)> download;
};

/// What was changed.
struct StackUpdate {
    std::filesystem::path file;  ///< stack.toml
    Version before, after;
    std::vector<std::string> changes;  ///< beside the version, a sentence each
};

/// Changes stack.toml and the changelog in place.
/// @throws Error, also where a patch does not apply; then nothing has been written
[[nodiscard]] StackUpdate update_stack(const UpdateRequest& request);

}  // namespace pystacks::release
