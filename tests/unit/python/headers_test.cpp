#include "python/headers.hpp"

#include "catch.hpp"
#include "python/symbols.hpp"

using namespace pystacks::python;

TEST_CASE("headers say for which build they are") {
    CHECK(headers_of("/usr/include/python3.13td/cpython/object.h") ==
          Headers{"/usr/include/python3.13td", {"3.13", {Trait::debug, Trait::free_threaded}}});
    CHECK(headers_of("/usr/include/python2.7-debug/Python.h")->abi.traits == debug_traits);
    CHECK(headers_of("/usr/include/python3.11/Python.h")->abi.traits == optimized_traits);
    CHECK_FALSE(headers_of("/usr/include/python3.11/greenlet/greenlet.h"));
    CHECK(headers_of("/usr/include/python3.7dm/object.h")->abi.traits == Traits{Trait::debug, Trait::pymalloc});
    CHECK(headers_of("/opt/include/python/include/python3.13td/x.h")->abi.has(Trait::debug));
    CHECK(headers_of("/usr/include/python3.13/internal/mimalloc/mimalloc.h"));
    CHECK_FALSE(headers_of("/usr/include/python3/Python.h"));
    CHECK_FALSE(headers_of("/usr/include/python3.13-extra/object.h"));
    CHECK_FALSE(headers_of("/usr/include/pythonic/object.h"));
}

TEST_CASE("libraries say for which build they are") {
    CHECK(abi_of_library("libpython3.13d.so.1.0") == Abi{"3.13", debug_traits});
    CHECK(abi_of_library("libpython2.7_d.so.1.0") == Abi{"2.7", debug_traits});
    CHECK(abi_of_library("libpython3.13t.so.1.0") == Abi{"3.13", {Trait::free_threaded}});
    CHECK_FALSE(abi_of_library("libpython3.so"));
    CHECK_FALSE(abi_of_library("libm.so.6"));
}
