#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "spectext/spec_text.hpp"

namespace pystacks::transform {

/// The conditions of a spec, by branch: what all that holds in it says together.
class Conditions {
public:
    explicit Conditions(const spectext::SpecText& spec);

    /// The branches from the outermost to @p branch.
    [[nodiscard]] std::vector<std::size_t> chain(std::size_t branch) const;

    /// The same number for branches whose conditions are the same text from the outermost one on; 0 for none.
    [[nodiscard]] std::size_t number(std::size_t branch) const { return branches_[branch].number; }

    /// Whether all conditions around the branch can be written once more for every package: a person's are a few lines.
    [[nodiscard]] bool short_enough(std::size_t branch) const;

    /// Those of @p wanted whose conditions follow upon each other, in the same order, around one of @p branches.
    /// All have to be short enough.
    [[nodiscard]] std::set<std::size_t> found_around(const std::set<std::size_t>& wanted,
                                                     const std::set<std::size_t>& branches) const;

private:
    struct Of {
        std::size_t number = 0;
        std::size_t line = 0;  ///< the same for the innermost conditions of the same text
        std::size_t depth = 0, size = 0;
    };
    const spectext::SpecText& spec_;
    std::vector<Of> branches_;
};

}  // namespace pystacks::transform
