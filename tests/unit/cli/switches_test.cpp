#include "cli/switches.hpp"

#include <vector>

#include "base/error.hpp"
#include "catch.hpp"
#include "cli/command_line.hpp"

using namespace pystacks;
using namespace pystacks::cli;

namespace {

stack::Stack some_stack() {
    stack::Stack raw;
    raw.name = "python3.13";
    raw.bconds = {{"debug_build", "1", ""}, {"optimizations", "0", ""}};
    return raw;
}

Switches parse(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "pystacks");
    CommandLine line("pystacks", "");
    Switches switches;
    Arguments app = line.arguments();
    add_switches(app, switches);
    REQUIRE(line.parse(static_cast<int>(arguments.size()), arguments.data()).problem.empty());
    return switches;
}

}  // namespace

TEST_CASE("switches are read as rpmbuild reads them") {
    const Switches switches = parse({"--with", "optimizations", "--without", "debug_build", "-D", "dist .el9",
                                     "--define", "with_debug_build 0", "--with=a"});
    CHECK(switches.with == std::vector<std::string>{"optimizations", "a"});
    CHECK(switches.without == std::vector<std::string>{"debug_build"});
    CHECK(switches.defines == std::vector<std::string>{"dist .el9", "with_debug_build 0"});
}

TEST_CASE("a misspelt bcond is an error that names the right one") {
    Switches switches;
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
    const Switches switches{{"debug_build"}, {"debug_build"}, {}};
    CHECK_THROWS_WITH(check_switches(switches, some_stack()), contains_text("--without debug_build"));
    CHECK_THROWS_AS(check_switches({{"debug_build"}, {}, {"with_debug_build 0"}}, some_stack()), Error);
    CHECK_THROWS_AS(check_switches({{}, {"debug_build"}, {"with_debug_build 1"}}, some_stack()), Error);
    CHECK_NOTHROW(check_switches({{"debug_build"}, {}, {"with_debug_build 1"}}, some_stack()));
    CHECK_NOTHROW(check_switches({{"debug_build"}, {}, {"with_never 0"}}, some_stack()));
}

TEST_CASE("a definition needs a name and a value") {
    for (const char* define : {"", " ", "dist"}) {
        Switches switches;
        switches.defines = {define};
        INFO(define);
        CHECK_THROWS_AS(check_switches(switches, some_stack()), Error);
    }
}
