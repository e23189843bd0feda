#include <algorithm>
#include <random>

#include <sys/resource.h>

#include "base/error.hpp"
#include "catch.hpp"
#include "marshal_writer.hpp"
#include "python/bytecode.hpp"

using namespace pystacks;
using namespace pystacks::python;
using namespace pystacks::python::marshal;

namespace {

/// The offset that the error names.
std::string error_place(const Bytes& file) {
    try {
        (void)bytecode_digest(file);
    } catch (const Error& error) {
        CHECK_FALSE(error.reason().empty());
        return error.subject();
    }
    return "no error";
}

/// Where a malformed constant of pyc313 lies in the file.
std::string constant_place() {
    const std::string marker = sized('s', "MARKER");
    return "byte " + std::to_string(pyc313(marker).find(marker));
}

Bytes nested(unsigned depth) {
    Bytes object;
    for (unsigned i = 0; i < depth; ++i) object += Bytes(")\x01");
    object += none();
    return object;
}

}  // namespace

TEST_CASE("A damaged header of a .pyc is refused") {
    CHECK(error_place("") == "byte 0");
    CHECK(error_place("\xf3\x0d") == "byte 2");
    CHECK(error_place(header313(0, 0).substr(0, 15)) == "byte 15");
    CHECK(error_place(header313(4, 0) + code313(none())) == "byte 4");
    CHECK(error_place(le16(3571) + "\n\n" + Bytes(12, '\0') + code313(none())) == "byte 0");
}

TEST_CASE("An unknown magic number is refused, and the message says which it is") {
    const Bytes file = le16(9999) + "\r\n" + Bytes(12, '\0') + code313(none());
    CHECK(error_place(file) == "byte 0");
    CHECK_THROWS_WITH(compare_bytecode(file, pyc313(none())), contains_text("9999"));
}

TEST_CASE("Marshalled code that is damaged is refused at its offset") {
    CHECK(error_place(header313(0, 0)) == "byte 16");
    CHECK(error_place(header313(0, 0) + none()) == "byte 16");
    CHECK(error_place(pyc313(none()) + "N") == "byte " + std::to_string(pyc313(none()).size()));

    const std::string place = constant_place();
    CHECK(error_place(pyc313("?")) == place);
    CHECK(error_place(pyc313("0")) == place);
    CHECK(error_place(pyc313("R" + le32(0))) == place);  // Python 2 only
    CHECK(error_place(pyc313(reference(0))) == place);
    CHECK(error_place(pyc313(reference(0xffffffff))) == place);
}

TEST_CASE("Sizes are checked against what is left") {
    for (const char type : {'s', 'u', 't', 'a', 'A', '(', '[', '<', '>', 'l'}) {
        CHECK(error_place(pyc313(Bytes(1, type) + le32(0x7fffffff))) != "no error");
        CHECK(error_place(pyc313(Bytes(1, type) + le32(0x80000000))) != "no error");
    }
    CHECK(error_place(pyc313("z\xff")) != "no error");
}

TEST_CASE("Values that CPython never writes are refused") {
    CHECK(error_place(pyc313("l" + le32(1) + le16(0))) != "no error");       // a leading zero
    CHECK(error_place(pyc313("l" + le32(1) + le16(0x8000))) != "no error");  // 15 bits a digit
    CHECK(error_place(pyc313(short_sized('f', "1.5x"))) != "no error");
    CHECK(error_place(pyc313(short_sized('f', ""))) != "no error");
    CHECK(error_place(pyc313(short_sized('z', "\xe9"))) != "no error");
    CHECK(error_place(pyc27(flagged(int32(1)))) != "no error");
    CHECK(error_place(pyc27(short_sized('z', "x"))) != "no error");
}

TEST_CASE("An object that contains itself is refused") {
    CHECK(error_place(pyc313(flagged(small_tuple({reference(0)})))) != "no error");
    CHECK(error_place(pyc313(flagged(collection('[', {small_tuple({reference(0)})})))) != "no error");
    CHECK(error_place(header313(0, 0) + flagged(code313(reference(0)))) != "no error");
}

namespace {

/// AddressSanitizer makes frames several times as large, and 2000 of them do not fit into the usual 8 MiB.
void allow_large_frames() {
#ifdef __SANITIZE_ADDRESS__
    struct rlimit limit {};
    REQUIRE(::getrlimit(RLIMIT_STACK, &limit) == 0);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, rlim_t{64} << 20U);
    REQUIRE(::setrlimit(RLIMIT_STACK, &limit) == 0);
#endif
}

}  // namespace

TEST_CASE("Nesting is bounded as in CPython") {
    allow_large_frames();
    // The code object and the tuple of its constants are two levels, the innermost None is one.
    CHECK(error_place(pyc313(nested(1997))) == "no error");
    CHECK(error_place(pyc313(nested(1998))) != "no error");
    CHECK(error_place(pyc313(nested(100000))) != "no error");
}

TEST_CASE("A file that ends early is refused wherever it ends") {
    const Bytes file =
        pyc313(small_tuple({int32(1), short_sized('z', "text"), collection('>', {"T"}), code313(none())}));
    for (std::size_t size = 0; size < file.size(); ++size) CHECK(error_place(file.substr(0, size)) != "no error");
    CHECK(error_place(file) == "no error");
}

TEST_CASE("Damaged bytecode is read or refused, never more") {
    const Bytes files[] = {pyc313(small_tuple({flagged(int32(1)), reference(0), "{" + none() + none() + "0"})),
                           pyc27(collection('(', {sized('t', "a"), "R" + le32(0)}))};
    std::minstd_rand random(1);
    for (const Bytes& file : files) {
        for (int round = 0; round < 5000; ++round) {
            Bytes damaged = file;
            for (int i = 0; i < 3; ++i) damaged[random() % damaged.size()] = static_cast<char>(random() & 0xffU);
            try {
                (void)compare_bytecode(file, damaged);
            } catch (const Error&) {
            }
        }
    }
    SUCCEED();
}
