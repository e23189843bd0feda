#include "verify/interpreter.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::verify;

TEST_CASE("an interpreter's answer is understood") {
    const Interpreter found = interpreter_from_json("/usr/bin/python3.13d", R"({"debug": true, "version": "3.13.5",
        "major": 3, "minor": 13, "abiflags": "d", "suffix": ".cpython-313d-x86_64-linux-gnu.so",
        "stdlib": "/usr/lib64/python3.13", "dynload": "/usr/lib64/python3.13/lib-dynload",
        "library": "libpython3.13d.so.1.0", "include": "/usr/include/python3.13d",
        "features": {"Py_TRACE_REFS": true, "COUNT_ALLOCS": false}})");
    CHECK(found.configuration() == "debug");
    CHECK(found.has("Py_TRACE_REFS"));
    CHECK_FALSE(found.has("COUNT_ALLOCS"));
    CHECK_FALSE(found.has("never heard of"));
    CHECK(found.library == "libpython3.13d.so.1.0");
}

TEST_CASE("what is no answer is refused, with who gave it") {
    for (const char* text : {"", "Segmentation fault", "{}", "[1]", R"({"debug": "yes"})"}) {
        CHECK_THROWS_WITH(interpreter_from_json("/usr/bin/python3.13", text), contains_text("/usr/bin/python3.13"));
    }
}
