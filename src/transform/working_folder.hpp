#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pystacks::transform {

/// How deep below the source tree a script works, as far as its text says it: it follows cd, pushd and popd.
class WorkingFolder {
public:
    /// Follows the commands of one line, macros of the spec replaced.
    /// @return whether cp, mv or ln names something outside of the tree, or something that may be
    bool follow(std::string_view line);

    /// %setup begins in the tree again.
    void enter_tree() { *this = {}; }

private:
    using Depth = std::optional<std::size_t>;  ///< folders below the tree; nothing: not known

    bool run(const std::vector<std::string>& command);
    void change(const std::string& path);
    [[nodiscard]] bool leaves(const std::vector<std::string>& command) const;

    Depth depth_ = 0;
    Depth before_ = 0;  ///< for "cd -"
    std::vector<Depth> pushed_;
};

}  // namespace pystacks::transform
