#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compare/side.hpp"

namespace pystacks::compare {

/// Dependencies of one kind that only one side has.
struct DependencyDifference {
    rpm::DependencyKind kind = rpm::DependencyKind::requires_;
    std::vector<std::string> only_a, only_b;  ///< sorted
};

struct ScriptletDifference {
    std::string kind;  ///< "%post", "%triggerin -- glibc" …
    bool in_a = true, in_b = true;
    std::string diff;  ///< unified, with the interpreter as the first line
};

/// A field of the header that has one value in A and another in B.
struct FieldDifference {
    std::string name;  ///< "Summary", "License" …
    std::string a, b;
};

/// Two packages, or one that only one side has.
struct PackagePair {
    std::size_t a = 0, b = 0;  ///< indices in Side::packages, or no_package
    std::vector<FieldDifference> fields;
    std::vector<DependencyDifference> dependencies;
    std::vector<ScriptletDifference> scriptlets;

    /// Whether the headers differ in something other than the files, the version and the release.
    [[nodiscard]] bool differ() const noexcept;
};

/// @param partners as pair_packages() returns it. @return by name; those of B alone last.
[[nodiscard]] std::vector<PackagePair> compare_packages(const Side& a, const Side& b,
                                                        const std::vector<std::size_t>& partners);

}  // namespace pystacks::compare
