#include "stackbuild/switches.hpp"

#include <vector>

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::stackbuild;

namespace {

stack::Stack some_stack() {
    stack::Stack raw;
    raw.name = "python3.13";
    raw.bconds = {{"debug_build", "1", ""}, {"optimizations", "0", ""}};
    return raw;
}

}  // namespace

TEST_CASE("a misspelt bcond is an error that names the right one") {
    rpm::Switches switches;
    switches.without = {"debug_biuld"};
    try {
        check_switches(switches, some_stack());
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
        CHECK(error.subject() == "--without debug_biuld");
        CHECK(error.reason() == "did you mean debug_build?");
        CHECK(error.hint() == "python3.13 has: debug_build, optimizations");
    }
    switches.without = {"debug_build"};
    CHECK_NOTHROW(check_switches(switches, some_stack()));
}

TEST_CASE("a bcond cannot be on and off") {
    const rpm::Switches switches{{"debug_build"}, {"debug_build"}, {}};
    CHECK_THROWS_WITH(check_switches(switches, some_stack()), contains_text("--without debug_build"));
    CHECK_THROWS_AS(check_switches({{"debug_build"}, {}, {"with_debug_build 0"}}, some_stack()), Error);
    CHECK_THROWS_AS(check_switches({{}, {"debug_build"}, {"with_debug_build 1"}}, some_stack()), Error);
    CHECK_NOTHROW(check_switches({{"debug_build"}, {}, {"with_debug_build 1"}}, some_stack()));
    CHECK_NOTHROW(check_switches({{"debug_build"}, {}, {"with_never 0"}}, some_stack()));
}

TEST_CASE("a definition needs a name and a value") {
    for (const char* define : {"", " ", "dist"}) {
        rpm::Switches switches;
        switches.defines = {define};
        INFO(define);
        CHECK_THROWS_AS(check_switches(switches, some_stack()), Error);
    }
}
