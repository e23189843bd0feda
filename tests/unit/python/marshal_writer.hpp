#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Marshalled objects as CPython would write them, put together by hand: a value is its bytes.
namespace pystacks::python::marshal {

using Bytes = std::string;

Bytes le16(std::uint32_t value);
Bytes le32(std::uint32_t value);
Bytes le64(std::uint64_t value);

Bytes none();
Bytes int32(std::int32_t value);
Bytes reference(std::uint32_t index);
Bytes sized(char type, std::string_view text);                 ///< s u t a A: a 32-bit size
Bytes short_sized(char type, std::string_view text);           ///< z Z: an 8-bit size
Bytes collection(char type, const std::vector<Bytes>& items);  ///< ( [ < >: a 32-bit count
Bytes small_tuple(const std::vector<Bytes>& items);
Bytes slice(const Bytes& start, const Bytes& stop, const Bytes& step);
Bytes flagged(Bytes object);  ///< with the reference flag

/// A file of Python 3.13: header and a code object with @p constant as its only constant.
Bytes pyc313(const Bytes& constant, std::uint32_t mtime = 1000);
Bytes header313(std::uint32_t flags, std::uint64_t rest);
/// The same of Python 3.14.
Bytes pyc314(const Bytes& constant);
/// Code objects without header.
Bytes code313(const Bytes& constant);
Bytes code38(const Bytes& constant);
Bytes code27(const Bytes& constant);
Bytes pyc38(const Bytes& constant);
Bytes pyc27(const Bytes& constant, std::uint32_t mtime = 1000);

}  // namespace pystacks::python::marshal
