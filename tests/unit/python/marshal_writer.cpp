#include "marshal_writer.hpp"

namespace pystacks::python::marshal {
namespace {

Bytes little_endian_bytes(std::uint64_t value, std::size_t size) {
    Bytes bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xffU);
    return bytes;
}

Bytes magic(std::uint32_t number) { return le16(number) + "\r\n"; }

Bytes join_all(const std::vector<Bytes>& items) {
    Bytes bytes;
    for (const Bytes& item : items) bytes += item;
    return bytes;
}

}  // namespace

Bytes le16(std::uint32_t value) { return little_endian_bytes(value, 2); }
Bytes le32(std::uint32_t value) { return little_endian_bytes(value, 4); }
Bytes le64(std::uint64_t value) { return little_endian_bytes(value, 8); }

Bytes none() { return "N"; }
Bytes int32(std::int32_t value) { return "i" + le32(static_cast<std::uint32_t>(value)); }
Bytes reference(std::uint32_t index) { return "r" + le32(index); }

Bytes sized(char type, std::string_view text) {
    return Bytes(1, type) + le32(static_cast<std::uint32_t>(text.size())) + Bytes(text);
}

Bytes short_sized(char type, std::string_view text) {
    return Bytes(1, type) + static_cast<char>(text.size()) + Bytes(text);
}

Bytes collection(char type, const std::vector<Bytes>& items) {
    return Bytes(1, type) + le32(static_cast<std::uint32_t>(items.size())) + join_all(items);
}

Bytes small_tuple(const std::vector<Bytes>& items) {
    return Bytes(1, ')') + static_cast<char>(items.size()) + join_all(items);
}

Bytes slice(const Bytes& start, const Bytes& stop, const Bytes& step) { return ":" + start + stop + step; }

Bytes flagged(Bytes object) {
    object.front() = static_cast<char>(static_cast<unsigned char>(object.front()) | 0x80U);
    return object;
}

Bytes header313(std::uint32_t flags, std::uint64_t rest) { return magic(3571) + le32(flags) + le64(rest); }

Bytes pyc314(const Bytes& constant) { return magic(3627) + le32(0) + le32(1000) + le32(77) + code313(constant); }

Bytes code313(const Bytes& constant) {
    return "c" + le32(0) + le32(0) + le32(0) + le32(2) + le32(0) + sized('s', "\x95") + small_tuple({constant}) +
           small_tuple({}) + small_tuple({}) + sized('s', "") + short_sized('z', "a.py") +
           short_sized('Z', "<module>") + short_sized('Z', "<module>") + le32(1) + sized('s', "\xf0") + sized('s', "");
}

Bytes code38(const Bytes& constant) {
    return "c" + le32(0) + le32(0) + le32(0) + le32(0) + le32(2) + le32(64) + sized('s', "d") +
           small_tuple({constant}) + small_tuple({}) + small_tuple({}) + small_tuple({}) + small_tuple({}) +
           short_sized('z', "a.py") + short_sized('Z', "<module>") + le32(1) + sized('s', "");
}

Bytes code27(const Bytes& constant) {
    return "c" + le32(0) + le32(0) + le32(2) + le32(64) + sized('s', "d") + collection('(', {constant}) +
           collection('(', {}) + collection('(', {}) + collection('(', {}) + collection('(', {}) + sized('s', "a.py") +
           sized('t', "<module>") + le32(1) + sized('s', "");
}

Bytes pyc313(const Bytes& constant, std::uint32_t mtime) {
    return header313(0, std::uint64_t{77} << 32U | mtime) + code313(constant);
}

Bytes pyc38(const Bytes& constant) { return magic(3413) + le32(0) + le64(5) + code38(constant); }

Bytes pyc27(const Bytes& constant, std::uint32_t mtime) { return magic(62211) + le32(mtime) + code27(constant); }

}  // namespace pystacks::python::marshal
