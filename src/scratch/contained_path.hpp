#pragma once

#include <filesystem>
#include <string>

#include "base/file.hpp"

namespace pystacks::scratch {

/// A path in a root in which anybody may have written: links on the way lead to what they lead to inside of the root,
/// as for a program whose root it is. Missing folders are made. At its end, a link is replaced.
class ContainedPath {
public:
    enum class Type { file, folder };  ///< what is made where nothing is

    /// @param inside absolute path in the root @throws Error
    ContainedPath(const fs::path& root, const fs::path& inside, Type type);

    [[nodiscard]] int descriptor() const noexcept { return end_.get(); }  ///< opened with O_PATH
    /// A name for it as long as this object lives, for calls that take no descriptor.
    [[nodiscard]] fs::path path() const { return "/proc/self/fd/" + std::to_string(end_.get()); }

private:
    UniqueFd end_;
};

}  // namespace pystacks::scratch
