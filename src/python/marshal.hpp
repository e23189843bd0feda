#pragma once

#include <string_view>

#include "base/hash.hpp"
#include "python/bytecode_format.hpp"

namespace pystacks::python {

/// The digest of the code object behind the header of @p pyc; bytecode.hpp says what it depends on.
/// @throws Error whose subject is the offset in the file.
[[nodiscard]] ContentDigest marshalled_code_digest(std::string_view pyc, const BytecodeFormat& format);

}  // namespace pystacks::python
