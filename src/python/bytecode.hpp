#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/hash.hpp"
#include "tree/tree.hpp"

/// What a .pyc file says, read without any Python.
///
/// A .pyc is a header, which says how to tell whether the source has changed, and a marshalled code object. The same
/// code can be marshalled in several ways: before Python 3.12 whether an object is flagged as one that may be referred
/// to, and whether it is then referred to or written again, depends on the reference counts of the interpreter that
/// wrote it. So what is compared is a digest of the values:
///   - a back-reference counts as the object that it refers to;
///   - text is text whichever of marshal's six codes wrote it, interned or not; bytes are another type;
///   - numbers count by type and value, floating point numbers by their bits;
///   - sets have no order; dictionaries and everything else have.
/// The input is untrusted: sizes are checked against what is left, nesting is bounded as in CPython (2000), and every
/// object is digested once however often it is referred to, so time and memory are linear in the file's size. An object
/// that contains itself is refused: no compiler writes one, and nothing could be proved about it.
namespace pystacks::python {

struct BytecodeHeader {
    std::uint16_t magic = 0;
    std::string_view version;       ///< of Python: "3.13"
    std::size_t size = 0;           ///< bytes of the header
    std::uint32_t flags = 0;        ///< PEP 552; 0 before 3.7
    std::uint32_t mtime = 0;        ///< of the source; when the file is not hash-based
    std::uint32_t source_size = 0;  ///< modulo 2^32; from 3.3, when the file is not hash-based
    std::uint64_t source_hash = 0;  ///< when hash_based()

    [[nodiscard]] bool hash_based() const noexcept { return (flags & 1U) != 0; }
};

/// @param pyc the whole file. @throws Error when it is too short, has flags or a magic number that are not known.
[[nodiscard]] BytecodeHeader read_bytecode_header(std::string_view pyc);

/// The digest of what the code object says; comparable between files of one magic number.
/// @throws Error whose subject is the offset in the file, when the header or the marshalled code is malformed.
[[nodiscard]] ContentDigest bytecode_digest(std::string_view pyc);

/// Compares two whole .pyc files. Those of two versions of Python are different.
/// @throws Error as bytecode_digest() does, unless the bytes behind the headers are the same anyway.
[[nodiscard]] tree::Sameness compare_bytecode(std::string_view a, std::string_view b);

}  // namespace pystacks::python
