#include "python/marshal.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "tree/little_endian.hpp"

namespace pystacks::python {
namespace {

/// MAX_MARSHAL_STACK_DEPTH of CPython's Python/marshal.c: deeper files cannot be imported.
constexpr unsigned depth_limit = 2000;

/// Reads objects as r_object() of CPython does, but makes digests instead of objects.
///
/// An object's digest is that of a tag for its type, followed by its value or by the digests of its parts. That text is
/// composed at the end of scratch_, and cut off again when it is digested.
class MarshalReader {
public:
    MarshalReader(std::string_view file, const BytecodeFormat& format)
        : file_(file), format_(format), position_(format.header_size) {}

    ContentDigest read_file() {
        const std::size_t start = position_;
        if (left() == 0 || (file_[start] & 0x7f) != 'c') fail(start, "no code object where the header ends");
        const ContentDigest digest = object();
        if (left() != 0) fail(position_, fmt::format("{} bytes too many after the code object", left()));
        return digest;
    }

private:
    [[noreturn]] void fail(std::size_t offset, std::string reason) const {
        throw Error("cannot read bytecode", fmt::format("byte {}", offset), std::move(reason));
    }

    [[nodiscard]] std::size_t left() const noexcept { return file_.size() - position_; }

    std::string_view take(std::size_t size) {
        if (size > left()) fail(position_, fmt::format("{} bytes are needed where {} are left", size, left()));
        const std::string_view bytes = file_.substr(position_, size);
        position_ += size;
        return bytes;
    }

    template <std::unsigned_integral Number>
    Number number() {
        return tree::little_endian<Number>(take(sizeof(Number)), 0);
    }

    /// A size that marshal stores as a signed 32-bit number. What it counts takes at least a byte each.
    std::size_t size32() {
        const std::size_t offset = position_;
        const auto size = static_cast<std::int32_t>(number<std::uint32_t>());
        if (size < 0 || static_cast<std::size_t>(size) > left()) {
            fail(offset, fmt::format("a size of {} where {} bytes are left", size, left()));
        }
        return static_cast<std::size_t>(size);
    }

    ContentDigest leaf(char tag, std::string_view value) {
        const std::size_t start = begin(tag);
        scratch_ += value;
        return end(start);
    }

    std::size_t begin(char tag) {
        const std::size_t start = scratch_.size();
        scratch_ += tag;
        return start;
    }

    ContentDigest end(std::size_t start) {
        const ContentDigest digest = content_digest(std::string_view(scratch_).substr(start));
        scratch_.resize(start);
        return digest;
    }

    void append(const ContentDigest& digest) {
        append_number(digest.high);
        append_number(digest.low);
    }

    template <std::unsigned_integral Number>
    void append_number(Number value) {
        for (std::size_t i = 0; i < sizeof(Number); ++i) {
            scratch_ += static_cast<char>((std::uint64_t{value} >> (8 * i)) & 0xffU);
        }
    }

    ContentDigest object() {
        const std::size_t offset = position_;
        const std::optional<ContentDigest> digest = object_or_null();
        if (!digest) fail(offset, "a null where an object has to be");
        return *digest;
    }

    /// Nothing for marshal's null, which ends a dictionary.
    std::optional<ContentDigest> object_or_null() {
        const std::size_t offset = position_;
        if (++depth_ > depth_limit) fail(offset, fmt::format("objects are nested more than {} deep", depth_limit));
        const auto code = number<std::uint8_t>();
        const bool flagged = (code & 0x80U) != 0;
        const char type = static_cast<char>(code & 0x7fU);
        if (flagged && !format_.reference_flags) unknown_type(offset, code);

        std::optional<ContentDigest> digest;
        switch (type) {
            // These are never put into the list of references, flagged or not.
            case '0':
                break;
            case 'N':
            case 'F':
            case 'T':
            case 'S':
            case '.':
                digest = leaf(type, {});
                break;
            case 'r':
                digest = reference(offset);
                break;
            default: {
                // CPython numbers an object when it begins, before its parts.
                const std::size_t index = references_.size();
                if (flagged) references_.emplace_back();
                digest = value(type, offset);
                if (flagged) references_[index] = digest;
            }
        }
        --depth_;
        return digest;
    }

    ContentDigest value(char type, std::size_t offset) {
        switch (type) {
            case 'i':
                return integer(static_cast<std::int32_t>(number<std::uint32_t>()));
            case 'I':
                return integer(static_cast<std::int64_t>(number<std::uint64_t>()));
            case 'l':
                return long_integer();
            case 'f':
            case 'g':
            case 'x':
            case 'y':
                return floating(type);
            case '(':
            case '[':
                return sequence(type, size32());
            case ')':
                return sequence('(', number<std::uint8_t>());
            case ':':
                if (!format_.slices) unknown_type(offset, ':');
                return sequence(':', 3);
            case '{':
                return dictionary('{');
            case '}':  // a frozendict (PEP 814)
                if (!format_.frozen_dictionaries) unknown_type(offset, '}');
                return dictionary('}');
            case '<':
            case '>':
                return set(type);
            case 'c':
                return code_object();
            default:
                return string(type, offset);
        }
    }

    ContentDigest string(char type, std::size_t offset) {
        switch (type) {
            case 's':
                return leaf('s', take(size32()));
            case 'u':
                return leaf('u', take(size32()));
            case 't': {
                const ContentDigest digest = leaf(format_.python2 ? 's' : 'u', take(size32()));
                if (format_.python2) interned_.push_back(digest);
                return digest;
            }
            case 'R':
                if (format_.python2) return interned_reference(offset);
                break;
            case 'a':
            case 'A':
                if (format_.reference_flags) return ascii(size32());
                break;
            case 'z':
            case 'Z':
                if (format_.reference_flags) return ascii(number<std::uint8_t>());
                break;
            default:
                break;
        }
        unknown_type(offset, static_cast<unsigned char>(type));
    }

    [[noreturn]] void unknown_type(std::size_t offset, unsigned code) const {
        fail(offset, fmt::format("{:#04x} is not a type code of Python {}", code, format_.version));
    }

    ContentDigest ascii(std::size_t size) {
        const std::size_t offset = position_;
        const std::string_view text = take(size);
        // Otherwise it would have to be compared as Latin-1.
        if (std::any_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; })) {
            fail(offset, "a string that is marked as ASCII is not");
        }
        return leaf('u', text);
    }

    ContentDigest reference(std::size_t offset) {
        const std::uint32_t index = number<std::uint32_t>();
        if (!format_.reference_flags) unknown_type(offset, 'r');
        if (index >= references_.size()) {
            fail(offset, fmt::format("a reference to object {} of {}", index, references_.size()));
        }
        if (!references_[index]) fail(offset, "an object that contains itself");
        return *references_[index];
    }

    ContentDigest interned_reference(std::size_t offset) {
        const std::uint32_t index = number<std::uint32_t>();
        if (index >= interned_.size()) {
            fail(offset, fmt::format("a reference to string {} of {}", index, interned_.size()));
        }
        return interned_[index];
    }

    /// The same text as for marshal's long: the sign, then the magnitude's digits of 15 bits, lowest first.
    ContentDigest integer(std::int64_t value) {
        const std::size_t start = begin('i');
        scratch_ += value < 0 ? '-' : '+';
        const auto bits = static_cast<std::uint64_t>(value);
        std::uint64_t magnitude = value < 0 ? ~bits + 1 : bits;
        for (; magnitude != 0; magnitude >>= 15U) append_number(static_cast<std::uint16_t>(magnitude & 0x7fffU));
        return end(start);
    }

    ContentDigest long_integer() {
        const std::size_t offset = position_;
        const auto count = static_cast<std::int32_t>(number<std::uint32_t>());
        const std::uint64_t digits = count < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(std::int64_t{count})
                                               : static_cast<std::uint64_t>(count);
        if (digits > left() / 2) fail(offset, fmt::format("{} digits where {} bytes are left", digits, left()));
        const std::size_t start = begin(format_.python2 ? 'l' : 'i');
        scratch_ += count < 0 ? '-' : '+';
        std::uint16_t digit = 1;
        for (std::uint64_t i = 0; i < digits; ++i) {
            digit = number<std::uint16_t>();
            if (digit > 0x7fff) fail(position_ - 2, "a digit of an integer is out of range");
            append_number(digit);
        }
        if (digit == 0) fail(position_ - 2, "an integer with a leading zero");
        return end(start);
    }

    ContentDigest floating(char type) {
        const bool is_complex = type == 'x' || type == 'y';
        const bool binary = type == 'g' || type == 'y';
        const std::size_t start = begin(is_complex ? 'y' : 'g');
        for (int part = is_complex ? 2 : 1; part > 0; --part) {
            append_number(binary ? number<std::uint64_t>() : decimal_number());
        }
        return end(start);
    }

    /// Formats 0 and 1 of marshal write the text of a floating point number.
    std::uint64_t decimal_number() {
        const std::size_t offset = position_;
        const std::string_view text = take(number<std::uint8_t>());
        double value = 0;
        const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failure != std::errc{} || rest != text.data() + text.size()) fail(offset, "not a number");
        return std::bit_cast<std::uint64_t>(value);
    }

    ContentDigest sequence(char tag, std::size_t count) {
        const std::size_t start = begin(tag);
        for (std::size_t i = 0; i < count; ++i) append(object());
        return end(start);
    }

    ContentDigest dictionary(char tag) {
        const std::size_t start = begin(tag);
        for (std::optional<ContentDigest> key = object_or_null(); key; key = object_or_null()) {
            append(*key);
            append(object());
        }
        return end(start);
    }

    ContentDigest set(char tag) {
        std::vector<ContentDigest> elements;
        for (std::size_t count = size32(); count > 0; --count) elements.push_back(object());
        // Any order that the elements alone decide.
        std::ranges::sort(elements, {}, [](const ContentDigest& digest) { return std::pair(digest.high, digest.low); });
        const std::size_t start = begin(tag);
        for (const ContentDigest& element : elements) append(element);
        return end(start);
    }

    ContentDigest code_object() {
        const std::size_t start = begin('c');
        for (unsigned i = 0; i < format_.numbers; ++i) append_number(number<std::uint32_t>());
        for (unsigned i = 0; i < format_.objects; ++i) append(object());
        append_number(number<std::uint32_t>());
        for (unsigned i = 0; i < format_.trailing_objects; ++i) append(object());
        return end(start);
    }

    std::string_view file_;
    const BytecodeFormat& format_;
    std::size_t position_;
    unsigned depth_ = 0;
    std::string scratch_;
    std::vector<std::optional<ContentDigest>> references_;  // empty while the object is being read
    std::vector<ContentDigest> interned_;                   // Python 2's other list
};

}  // namespace

ContentDigest marshalled_code_digest(std::string_view pyc, const BytecodeFormat& format) {
    return MarshalReader(pyc, format).read_file();
}

}  // namespace pystacks::python
