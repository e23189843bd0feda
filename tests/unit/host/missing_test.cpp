#include "host/missing.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::host;
using Names = std::vector<std::string>;

namespace {

stack::Stack some_stack() {
    stack::Stack expanded;
    expanded.name = "python3.13";
    expanded.build_requirements.resize(4);
    expanded.build_requirements[0].rpm = "zlib-devel >= 1.2";
    expanded.build_requirements[0].debian = "zlib1g-dev";
    expanded.build_requirements[1].rpm = "xz-devel";
    expanded.build_requirements[1].debian = "liblzma-dev";
    expanded.build_requirements[2].rpm = "mpdecimal-devel";
    expanded.build_requirements[2].debian = "libmpdec-dev";
    expanded.build_requirements[2].condition.expression = "0";
    expanded.build_requirements[3].rpm = "only-there";
    return expanded;
}

Names names_of(const std::vector<Missing>& missing) {
    Names names;
    for (const Missing& each : missing) names.push_back(each.what);
    return names;
}

}  // namespace

TEST_CASE("build requirements by the host's own names") {
    const Host debian(Host::Family::debian, "apt-get install", {{"zlib1g-dev", "1:1.3"}});
    CHECK(names_of(missing_build_requirements(some_stack(), debian)) == Names{"liblzma-dev"});

    const Host fedora(Host::Family::rpm, "dnf install", {{"zlib-devel", "1.3"}});
    CHECK(names_of(missing_build_requirements(some_stack(), fedora)) == Names{"xz-devel", "only-there"});
}

TEST_CASE("one command installs everything, each package once") {
    const Host debian(Host::Family::debian, "apt-get install", {});
    const std::vector<Missing> missing{{"find-debuginfo", "", "debugedit", "debugedit"},
                                       {"xz-devel", "", "liblzma-dev", "xz-devel"},
                                       {"debugedit", "", "debugedit", "debugedit"},
                                       {"only-there", "", "", "only-there"}};
    CHECK(command_for(missing, debian) == "apt-get install debugedit liblzma-dev");
    try {
        require_nothing_missing(missing, debian, "cannot build", "python3.13");
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.reason().find("\nfind-debuginfo: ") != std::string::npos);
        CHECK(error.hint() == "install it: apt-get install debugedit liblzma-dev");
    }
    CHECK_NOTHROW(require_nothing_missing({}, debian, "cannot build", "python3.13"));
}
