#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pystacks::build {

/// A folder that is looked into as if it were `/`: absolute symlinks start over at it and `..` stops at it, so no path
/// of a stack description reaches anything outside, whatever `make install` has put there.
class InstallRoot {
public:
    explicit InstallRoot(std::filesystem::path root) : root_(std::move(root)) {}

    [[nodiscard]] const std::filesystem::path& root() const noexcept { return root_; }

    /// Where @p path (absolute as installed, or relative to the root) is. Symlinks among its parents are followed
    /// inside the root, the last component never is. Need not exist.
    /// @throws Error on `..`, on an empty path, and on a loop of symlinks
    [[nodiscard]] std::filesystem::path resolve(std::string_view path) const;

    /// The same, with the parents created (0755).
    [[nodiscard]] std::filesystem::path resolve_with_parents(std::string_view path) const;

    /// Every path below the root, with a leading slash, bytewise sorted; links are not followed.
    [[nodiscard]] std::vector<std::string> paths() const;

    /// Of those, the ones that a pattern of the list matches (see PathPatternList).
    [[nodiscard]] std::vector<std::string> matching(const std::vector<std::string>& patterns) const;

private:
    std::filesystem::path root_;
};

}  // namespace pystacks::build
