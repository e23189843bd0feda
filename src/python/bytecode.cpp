#include "python/bytecode.hpp"

#include <string>

#include <fmt/format.h>

#include "python/bytecode_format.hpp"
#include "python/marshal.hpp"
#include "tree/little_endian.hpp"

namespace pystacks::python {
namespace {

/// PEP 552: bit 0 says that the file carries a hash of the source, bit 1 that it is to be checked.
constexpr std::uint32_t known_flags = 3;

Error malformed(std::size_t offset, std::string reason) {
    return Error("cannot read bytecode", fmt::format("byte {}", offset), std::move(reason));
}

const BytecodeFormat& format_of(std::string_view pyc) {
    if (pyc.size() < 4) throw malformed(pyc.size(), "the file ends within its magic number");
    const std::uint16_t magic = tree::little_endian<std::uint16_t>(pyc, 0);
    const BytecodeFormat* format = find_bytecode_format(magic);
    if (format == nullptr || pyc.substr(2, 2) != "\r\n") {
        throw malformed(0, fmt::format("the magic number {} belongs to no known Python release", magic));
    }
    if (pyc.size() < format->header_size) throw malformed(pyc.size(), "the file ends within its header");
    return *format;
}

}  // namespace

BytecodeHeader read_bytecode_header(std::string_view pyc) {
    const BytecodeFormat& format = format_of(pyc);
    BytecodeHeader header;
    header.magic = tree::little_endian<std::uint16_t>(pyc, 0);
    header.version = format.version;
    header.size = format.header_size;
    std::size_t offset = 4;
    if (format.header_size == 16) {
        header.flags = tree::little_endian<std::uint32_t>(pyc, offset);
        if ((header.flags & ~known_flags) != 0) {
            throw malformed(offset, fmt::format("unknown flags {:#x} in the header", header.flags));
        }
        offset += 4;
    }
    if (header.hash_based()) {
        header.source_hash = tree::little_endian<std::uint64_t>(pyc, offset);
        return header;
    }
    header.mtime = tree::little_endian<std::uint32_t>(pyc, offset);
    if (format.header_size > 8) header.source_size = tree::little_endian<std::uint32_t>(pyc, offset + 4);
    return header;
}

ContentDigest bytecode_digest(std::string_view pyc) {
    (void)read_bytecode_header(pyc);
    return marshalled_code_digest(pyc, format_of(pyc));
}

tree::Sameness compare_bytecode(std::string_view a, std::string_view b) {
    if (a == b) return tree::Sameness::identical;
    const BytecodeHeader header_a = read_bytecode_header(a);
    const BytecodeHeader header_b = read_bytecode_header(b);
    if (header_a.magic != header_b.magic) return tree::Sameness::different;
    if (a.substr(header_a.size) == b.substr(header_b.size)) return tree::Sameness::same_bytecode;
    return bytecode_digest(a) == bytecode_digest(b) ? tree::Sameness::same_bytecode : tree::Sameness::different;
}

}  // namespace pystacks::python
