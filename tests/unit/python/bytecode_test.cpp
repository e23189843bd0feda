#include "python/bytecode.hpp"

#include "catch.hpp"
#include "marshal_writer.hpp"

using namespace pystacks;
using namespace pystacks::python;
using namespace pystacks::python::marshal;

namespace {

/// What compare_bytecode says of two constants, each the only one of a code object, with different headers.
tree::Sameness compare_constants(const Bytes& a, const Bytes& b) {
    return compare_bytecode(pyc313(a, 1), pyc313(b, 2));
}

void same(const Bytes& a, const Bytes& b) {
    CHECK(compare_constants(a, b) == tree::Sameness::same_bytecode);
    CHECK(compare_constants(b, a) == tree::Sameness::same_bytecode);
}

void different(const Bytes& a, const Bytes& b) {
    CHECK(compare_constants(a, b) == tree::Sameness::different);
    CHECK(compare_constants(b, a) == tree::Sameness::different);
}

Bytes binary_float(std::uint64_t bits) { return "g" + le64(bits); }

constexpr std::uint64_t one_and_a_half = 0x3ff8000000000000;

}  // namespace

TEST_CASE("The header of a .pyc does not change what it says") {
    const Bytes code = code313(none());
    const Bytes by_time = header313(0, 1234) + code;
    CHECK(compare_bytecode(by_time, by_time) == tree::Sameness::identical);
    CHECK(compare_bytecode(by_time, header313(0, 99) + code) == tree::Sameness::same_bytecode);
    CHECK(compare_bytecode(by_time, header313(3, 0xabcdef) + code) == tree::Sameness::same_bytecode);
    CHECK(compare_bytecode(pyc27(none(), 1), pyc27(none(), 2)) == tree::Sameness::same_bytecode);
}

TEST_CASE("Headers are read by the magic number's version") {
    const BytecodeHeader by_time = read_bytecode_header(pyc313(none(), 1000));
    CHECK(by_time.version == "3.13");
    CHECK(by_time.size == 16);
    CHECK(by_time.mtime == 1000);
    CHECK(by_time.source_size == 77);
    CHECK_FALSE(by_time.hash_based());

    const BytecodeHeader by_hash = read_bytecode_header(header313(1, 0x1122334455667788));
    CHECK(by_hash.hash_based());
    CHECK(by_hash.source_hash == 0x1122334455667788);
    CHECK(by_hash.mtime == 0);

    const BytecodeHeader old = read_bytecode_header(pyc27(none(), 4321));
    CHECK(old.version == "2.7");
    CHECK(old.size == 8);
    CHECK(old.mtime == 4321);

    const BytecodeHeader middle = read_bytecode_header(le16(3379) + "\r\n" + le32(7) + le32(8));
    CHECK(middle.version == "3.6");
    CHECK(middle.size == 12);
    CHECK(middle.source_size == 8);
}

TEST_CASE("Files of two Python versions are different") {
    CHECK(compare_bytecode(pyc38(none()), pyc313(none())) == tree::Sameness::different);
    CHECK(compare_bytecode(pyc27(none()), pyc38(none())) == tree::Sameness::different);
}

TEST_CASE("Other values are different bytecode") {
    different(int32(1), int32(2));
    different(int32(1), none());
    different("T", "F");
    different(".", "S");
    different(short_sized('z', "ab"), short_sized('z', "ac"));
    different(small_tuple({int32(1), int32(2)}), small_tuple({int32(2), int32(1)}));
    different(small_tuple({int32(1)}), collection('[', {int32(1)}));
    different(small_tuple({small_tuple({none()}), none()}), small_tuple({small_tuple({none(), none()})}));
    different(collection('<', {int32(1)}), collection('>', {int32(1)}));
}

TEST_CASE("Every field of a code object counts") {
    const Bytes whole = code313(none());
    const Bytes header = header313(0, 1);
    for (std::size_t i = 1; i <= 20; i += 4) {  // the lowest bytes of its five numbers
        Bytes changed = whole;
        changed[i] = static_cast<char>(changed[i] + 1);
        CHECK(compare_bytecode(header + whole, header + changed) == tree::Sameness::different);
    }
    for (const char* text : {"a.py", "<module>", "\x95", "\xf0"}) {
        Bytes changed = whole;
        changed[changed.rfind(text)] ^= 1;
        CHECK(compare_bytecode(header + whole, header + changed) == tree::Sameness::different);
    }
}

TEST_CASE("Reference flags alone make no difference") {
    same(short_sized('z', "abc"), flagged(short_sized('z', "abc")));
    same(small_tuple({int32(7), none()}), flagged(small_tuple({flagged(int32(7)), none()})));
    same(code313(int32(5)), flagged(code313(flagged(int32(5)))));
}

TEST_CASE("A reference says the same as what it refers to") {
    const Bytes text = short_sized('Z', "name");
    same(small_tuple({text, text}), small_tuple({flagged(text), reference(0)}));
    // The tuple takes number 0 before its parts do.
    same(small_tuple({text, text}), flagged(small_tuple({flagged(text), reference(1)})));
    different(small_tuple({text, none()}), small_tuple({flagged(text), reference(0)}));
    different(small_tuple({flagged(text), flagged(int32(1)), reference(0)}),
              small_tuple({flagged(text), flagged(int32(1)), reference(1)}));
    // Code objects and frozen sets take their number first, too.
    same(small_tuple({code313(text), text}), small_tuple({flagged(code313(flagged(text))), reference(1)}));
    same(small_tuple({collection('>', {text}), text}),
         small_tuple({flagged(collection('>', {flagged(text)})), reference(1)}));
}

TEST_CASE("A flag on a singleton takes no number") {
    const Bytes text = short_sized('z', "x");
    same(small_tuple({none(), text, text}), small_tuple({flagged(none()), flagged(text), reference(0)}));
}

TEST_CASE("Text is the same however it is stored, bytes are not text") {
    for (const Bytes& form : {sized('u', "abc"), sized('t', "abc"), sized('a', "abc"), sized('A', "abc"),
                              short_sized('z', "abc"), short_sized('Z', "abc")}) {
        CHECK(compare_constants(sized('u', "abc"), form) != tree::Sameness::different);
        different(form, sized('s', "abc"));
        different(form, sized('u', "abd"));
    }
}

TEST_CASE("A small tuple is a tuple") { same(small_tuple({int32(1), none()}), collection('(', {int32(1), none()})); }

TEST_CASE("Python 3.14 has slices among its constants") {
    const Bytes one = slice(int32(1), none(), int32(3));
    CHECK(read_bytecode_header(pyc314(one)).version == "3.14");
    CHECK(compare_bytecode(pyc314(one), pyc314(flagged(one))) == tree::Sameness::same_bytecode);
    CHECK(compare_bytecode(pyc314(one), pyc314(slice(int32(1), none(), int32(4)))) == tree::Sameness::different);
    CHECK(compare_bytecode(pyc314(one), pyc314(small_tuple({int32(1), none(), int32(3)}))) ==
          tree::Sameness::different);
    CHECK_THROWS_AS(compare_bytecode(pyc313(one), pyc313(flagged(one))), Error);
}

TEST_CASE("Integers count by value") {
    same(int32(5), "I" + le64(5));
    same(int32(-5), "I" + le64(~std::uint64_t{4}));
    same(int32(0), "l" + le32(0));
    same(int32(40000), "l" + le32(2) + le16(40000 - 32768) + le16(1));
    same(int32(-1), "l" + le32(~std::uint32_t{0}) + le16(1));
    same("I" + le64(std::uint64_t{1} << 45U), "l" + le32(4) + le16(0) + le16(0) + le16(0) + le16(1));
    same("I" + le64(std::uint64_t{1} << 63U),
         "l" + le32(static_cast<std::uint32_t>(-5)) + le16(0) + le16(0) + le16(0) + le16(0) + le16(8));
    different(int32(5), int32(-5));
    different(int32(1), "T");
    different(int32(1), binary_float(0x3ff0000000000000));
}

TEST_CASE("Floating point numbers count by their bits") {
    same(binary_float(one_and_a_half), short_sized('f', "1.5"));
    same("y" + le64(one_and_a_half) + le64(0),
         "x" + short_sized('f', "1.5").substr(1) + short_sized('f', "0").substr(1));
    different(binary_float(0), binary_float(std::uint64_t{1} << 63U));  // 0.0 and -0.0
    different(binary_float(one_and_a_half), "y" + le64(one_and_a_half) + le64(0));
}

TEST_CASE("Sets have no order, dictionaries have") {
    const Bytes one = int32(1);
    const Bytes two = short_sized('z', "two");
    same(collection('>', {one, two}), collection('>', {two, one}));
    same(collection('<', {one, two}), collection('<', {two, one}));
    different(collection('>', {one, two}), collection('>', {one, int32(2)}));
    different("{" + one + two + two + one + "0", "{" + two + one + one + two + "0");
    same("{" + one + two + "0", "{" + flagged(one) + two + "0");
}

TEST_CASE("Python 2 has two kinds of integer, and strings that are bytes") {
    auto compare27 = [](const Bytes& a, const Bytes& b) { return compare_bytecode(pyc27(a, 1), pyc27(b, 2)); };
    CHECK(compare27(sized('s', "x"), sized('t', "x")) == tree::Sameness::same_bytecode);
    CHECK(compare27(sized('s', "x"), sized('u', "x")) == tree::Sameness::different);
    CHECK(compare27(int32(1), "l" + le32(1) + le16(1)) == tree::Sameness::different);
    CHECK(compare27(int32(1), "I" + le64(1)) == tree::Sameness::same_bytecode);
    // R counts interned strings only.
    const Bytes name = sized('t', "name");
    CHECK(compare27(collection('(', {name, sized('s', "y"), name}),
                    collection('(', {name, sized('s', "y"), "R" + le32(0)})) == tree::Sameness::same_bytecode);
    CHECK(compare27(collection('(', {name, sized('t', "y"), name}),
                    collection('(', {name, sized('t', "y"), "R" + le32(1)})) == tree::Sameness::different);
}

TEST_CASE("References cannot blow up") {
    // Each tuple holds the one before it twice: written out, it would be 2^200 objects.
    std::vector<Bytes> tuples{flagged(small_tuple({}))};
    for (std::uint32_t i = 0; i < 200; ++i) tuples.push_back(flagged(small_tuple({reference(i), reference(i)})));
    const Bytes file = pyc313(collection('(', tuples));
    tuples.back() = flagged(small_tuple({reference(199), reference(198)}));
    CHECK(compare_bytecode(file, pyc313(collection('(', tuples))) == tree::Sameness::different);
}
