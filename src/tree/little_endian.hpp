#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pystacks::tree {

/// The unsigned number at @p offset; the caller has checked that it is within @p bytes.
template <std::unsigned_integral Number>
[[nodiscard]] Number little_endian(std::string_view bytes, std::size_t offset) noexcept {
    Number number = 0;
    for (std::size_t i = sizeof(Number); i-- > 0;) {
        const auto byte = static_cast<unsigned char>(bytes[offset + i]);
        number = static_cast<Number>(static_cast<Number>(std::uint64_t{number} << 8U) | byte);
    }
    return number;
}

}  // namespace pystacks::tree
