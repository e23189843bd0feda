#pragma once

#include <filesystem>
#include <string_view>

#include "base/file.hpp"

namespace pystacks {

/// $TMPDIR, or /tmp. @throws Error (usage) where it is not a folder
[[nodiscard]] fs::path temporary_folder();

/// A new empty folder, removed with its content by the destructor.
///
/// A killed process leaves its folder behind; the next one that makes a folder of the same parent and prefix removes
/// it. A lock on the folder itself marks it as in use, the sign that systemd-tmpfiles respects too
/// (systemd.io/TEMPORARY_DIRECTORIES).
class TemporaryDirectory {
public:
    /// Created below @p parent (which must exist) as PREFIX.XXXXXX, for its owner only. @throws Error.
    TemporaryDirectory(const fs::path& parent, std::string_view prefix);
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();

    [[nodiscard]] const fs::path& path() const noexcept { return path_; }

private:
    fs::path path_;
    UniqueFd lock_;
};

}  // namespace pystacks
