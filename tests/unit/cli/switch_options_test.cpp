#include "cli/switch_options.hpp"

#include <vector>

#include "catch.hpp"
#include "cli/command_line.hpp"

using namespace pystacks;
using namespace pystacks::cli;

namespace {

rpm::Switches parse(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "pystacks");
    CommandLine line("pystacks", "");
    rpm::Switches switches;
    Arguments app = line.arguments();
    add_switches(app, switches);
    REQUIRE(line.parse(static_cast<int>(arguments.size()), arguments.data()).problem.empty());
    return switches;
}

}  // namespace

TEST_CASE("switches are read as rpmbuild reads them") {
    const rpm::Switches switches = parse({"--with", "optimizations", "--without", "debug_build", "-D", "dist .el9",
                                          "--define", "with_debug_build 0", "--with=a"});
    CHECK(switches.with == std::vector<std::string>{"optimizations", "a"});
    CHECK(switches.without == std::vector<std::string>{"debug_build"});
    CHECK(switches.defines == std::vector<std::string>{"dist .el9", "with_debug_build 0"});
}
