#pragma once

#include <cstddef>
#include <set>
#include <string_view>
#include <vector>

#include "stack/stack.hpp"

namespace pystacks::merge {

/// The package that a `requires` entry means when it is one of ours: its first word, without an architecture as in
/// "python3.13-libs(x86-64) = 3.13.5-1". Rich dependencies and capabilities such as python(abi) name none.
[[nodiscard]] std::string_view required_name(std::string_view requirement) noexcept;

/// Which packages of a stack come along when one of them is installed.
class Requirements {
public:
    explicit Requirements(const std::vector<const stack::Package*>& packages);

    /// Whether installing @p package brings in @p other, directly or through others. Indices into the packages.
    [[nodiscard]] bool brings_in(std::size_t package, std::size_t other) const {
        return reach_[package].contains(other);
    }

    /// Those of @p packages that are always there when any other of them is: less every one that requires another. Of
    /// several that require each other, the first stays.
    [[nodiscard]] std::set<std::size_t> foundations(const std::set<std::size_t>& packages) const;

private:
    std::vector<std::set<std::size_t>> reach_;
};

}  // namespace pystacks::merge
