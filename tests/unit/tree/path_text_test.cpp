#include "tree/path_text.hpp"

#include "catch.hpp"

using namespace pystacks::tree;

TEST_CASE("UTF-8 is told from other bytes") {
    CHECK(is_utf8(""));
    CHECK(is_utf8("/usr/lib"));
    CHECK(is_utf8("é中🐍"));
    CHECK_FALSE(is_utf8("\xe9"));
    CHECK_FALSE(is_utf8("\x80"));
    CHECK_FALSE(is_utf8("\xc0\xaf"));          // overlong
    CHECK_FALSE(is_utf8("\xed\xa0\x80"));      // surrogate
    CHECK_FALSE(is_utf8("\xf4\x90\x80\x80"));  // behind U+10FFFF
    CHECK_FALSE(is_utf8("\xe4\xb8"));          // cut off
}

TEST_CASE("A path cannot drive the terminal") {
    CHECK(printable_path("/usr/é中") == "/usr/é中");
    CHECK(printable_path("/a\x1b[31mb\n") == "/a\\x1b[31mb\\x0a");
    CHECK(printable_path("/caf\xe9") == "/caf\\xe9");
    CHECK(printable_path("/a\\x1b") == "/a\\x5cx1b");
    CHECK(printable_path("/\xc2\x9b"
                         "31m") == "/\\xc2\\x9b31m");
    CHECK(printable_path("\x7f") == "\\x7f");
}
