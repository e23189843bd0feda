#pragma once

#include <optional>
#include <string_view>

namespace pystacks::rpm {

/// How far a build goes; rpmbuild's -bp, -bc, -bi, -bb, -ba and -bs.
enum class Amount { prep, build, install, binary, all, source };

/// The letter behind rpmbuild's -b.
[[nodiscard]] std::string_view letter_of(Amount amount) noexcept;
/// The reverse; nothing when rpmbuild has no such letter.
[[nodiscard]] std::optional<Amount> amount_of(std::string_view letter) noexcept;

/// Whether such a build writes binary packages.
[[nodiscard]] constexpr bool makes_packages(Amount amount) noexcept {
    return amount == Amount::all || amount == Amount::binary;
}

}  // namespace pystacks::rpm
