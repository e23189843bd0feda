#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pystacks::python {

/// What the Python releases between two magic numbers put into a .pyc file: everything that reading one has to know.
struct BytecodeFormat {
    std::uint16_t first_magic, last_magic;
    std::string_view version;   ///< "3.13"
    std::size_t header_size;    ///< bytes before the marshalled code object
    bool python2;               ///< 's' and 't' are str, int and long are two types, 'R' exists
    bool reference_flags;       ///< bit 0x80 and 'r' (marshal format 3 and later)
    bool slices;                ///< ':' (marshal format 5)
    bool frozen_dictionaries;   ///< '}' (marshal format 6)
    unsigned numbers;           ///< 32-bit numbers at the start of a code object
    unsigned objects;           ///< objects between these and the first line's number
    unsigned trailing_objects;  ///< objects after it
};

/// The format of @p magic, the first two bytes of a file, little-endian; null for one that no known release writes.
[[nodiscard]] const BytecodeFormat* find_bytecode_format(std::uint16_t magic) noexcept;

}  // namespace pystacks::python
