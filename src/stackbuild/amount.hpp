#pragma once

#include <string>

#include "rpm/builder.hpp"

namespace pystacks::stackbuild {

/// The letter behind rpmbuild's -b: "a" is all.
[[nodiscard]] std::string letter_of(rpm::Amount amount);
/// @param letter one of those that letter_of() knows
[[nodiscard]] rpm::Amount amount_of(const std::string& letter);

/// Whether binary packages are written.
[[nodiscard]] inline bool makes_binary_packages(rpm::Amount amount) {
    return amount == rpm::Amount::all || amount == rpm::Amount::binary;
}

}  // namespace pystacks::stackbuild
