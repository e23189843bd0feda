#include "sandbox/plan.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using sandbox::Plan;
using sandbox::Sandbox;
using How = sandbox::Shown::How;

TEST_CASE("a sandbox has a root, and what is shown has an absolute path in it") {
    CHECK_THROWS_AS(Plan(Sandbox{}), Error);
    CHECK_THROWS_AS(Plan(Sandbox{{{How::read_only, "/usr", "/usr"}}}), Error);
    CHECK_THROWS_AS(Plan(Sandbox{{{How::memory, {}, "/"}, {How::read_only, "/usr", "usr"}}}), Error);
}

TEST_CASE("nothing is mounted in a root that others have filled") {
    CHECK_THROWS_WITH(Plan(Sandbox{{{How::writable, "/usr", "/"}, {How::read_only, "/etc", "/share"}}}),
                      contains_text("/share"));
}

TEST_CASE("the parents of what is shown are made, and links on the machine are followed before") {
    const Plan plan(Sandbox{{{How::memory, {}, "/"}, {How::read_only, "/proc/self/root/usr", "/a/b/../c/d"}}});
    REQUIRE(plan.mounts().size() == 2);
    CHECK(plan.mounts()[0].inside == "/new");
    CHECK(plan.mounts()[1].inside == "/new/a/c/d");
    CHECK(plan.mounts()[1].what == "/old/usr");
    CHECK(plan.mounts()[1].folder);
    CHECK(plan.mounts()[1].parents == std::vector<std::string>{"/new/a", "/new/a/c"});
}

TEST_CASE("there is a filter for system calls") {
    const Plan plan(Sandbox{{{How::memory, {}, "/"}}});
    CHECK(plan.filter().len > 10);
}
