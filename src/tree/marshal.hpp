#pragma once

#include <string_view>

#include "base/hash.hpp"
#include "tree/bytecode_format.hpp"

namespace pystacks::tree {

/// The digest of the code object behind the header of @p pyc; bytecode.hpp says what it depends on.
/// @throws Error whose subject is the offset in the file.
[[nodiscard]] ContentDigest marshalled_code_digest(std::string_view pyc, const BytecodeFormat& format);

}  // namespace pystacks::tree
