#include "python/interpreter.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::python;

TEST_CASE("an interpreter's answer is understood, whatever else it prints") {
    const Interpreter found = interpreter_from_json("/usr/bin/python3.13d", R"({"version": "3.13",
        "full_version": "3.13.5", "traits": {"debug": true, "free_threaded": true, "address_sanitizer": false,
        "thread_sanitizer": false, "undefined_sanitizer": false},
        "suffixes": [".cpython-313td-x86_64-linux-gnu.so", ".so"], "suffix": ".cpython-313td-x86_64-linux-gnu.so",
        "ldversion": "3.13td", "pkgconfig": "", "stdlib": "/usr/lib64/python3.13",
        "dynload": "/usr/lib64/python3.13/lib-dynload", "library": "libpython3.13td.so.1.0",
        "library_file": "/usr/lib64/libpython3.13td.so.1.0",
        "include": "/usr/include/python3.13td", "header_folders": ["/usr/include/python3.13td"],
        "features": {"Py_TRACE_REFS": true, "COUNT_ALLOCS": false}}
        [12345 refs])");
    CHECK(found.configuration() == "freethreading-debug");
    CHECK(found.offers("Py_TRACE_REFS"));
    CHECK_FALSE(found.offers("COUNT_ALLOCS"));
    CHECK_FALSE(found.offers("never heard of"));
    CHECK(found.library == "libpython3.13td.so.1.0");
    CHECK(found.library_file == "/usr/lib64/libpython3.13td.so.1.0");
    CHECK(found.abi.minor() == 13);
}

TEST_CASE("what is no answer is refused, with who gave it") {
    for (const char* text : {"", "Segmentation fault", "{}", "[1]", R"({"version": 3})"}) {
        CHECK_THROWS_WITH(interpreter_from_json("/usr/bin/python3.13", text), contains_text("/usr/bin/python3.13"));
    }
}
