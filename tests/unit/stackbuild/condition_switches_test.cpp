#include "stackbuild/condition_switches.hpp"

#include <string>
#include <vector>

#include "base/text.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::stackbuild;

namespace {

/// "+a -b": with a, without b; what is given comes first.
std::string switched(const std::string& condition, rpm::Switches switches = {}) {
    switch_on(switches, condition);
    std::vector<std::string> words;
    for (const std::string& each : switches.with) words.push_back("+" + each);
    for (const std::string& each : switches.without) words.push_back("-" + each);
    return join(words, " ");
}

}  // namespace

TEST_CASE("bconds that a condition needs are turned on") {
    CHECK(switched("%{with a}") == "+a");
    CHECK(switched("%{with  a}") == "+a");
    CHECK(switched("%{with:a}") == "+a");
    CHECK(switched(R"(%[%{with optimizations} && "%{pybasever}" != "2.7"])") == "+optimizations");
    CHECK(switched("%{expr:%{with a} && %{with b}}") == "+a +b");
    CHECK(switched("%[(%{with a}) && (%{with b} && 1)]") == "+a +b");
    CHECK(switched("0%{?with_a:1}") == "+a");
    CHECK(switched("%{?with_a}") == "+a");
    CHECK(switched("%{?_with_a:1}%{?with_b:0}") == "+a");
    CHECK(switched("%[0%{?with_a:1} && %{defined with_b}]") == "+a +b");
    CHECK(switched("%[%{with a} == 1 && %{with b} != 0]") == "+a +b");
    CHECK(switched(R"(%["%{?with_a:yes}" && %{pyminor} >= 11])") == "+a");
    CHECK(switched("%{?fedora:%{?with_a:1}}") == "+a");
}

TEST_CASE("bconds that a condition forbids are turned off, not on") {
    CHECK(switched("%{without a}") == "-a");
    CHECK(switched("%[%{with a} && !%{with b}]") == "+a -b");
    CHECK(switched("%[!(%{with a} || %{without b})]") == "+b -a");
    CHECK(switched("%{!?with_a:1}") == "-a");
    CHECK(switched("%{undefined with_a}") == "-a");
    CHECK(switched("%[%{with a} == 0]") == "-a");
    CHECK(switched("%[%{with a} ? 0 : %{with b}]") == "+b -a");
}

TEST_CASE("of alternatives the first is taken, unless another needs less") {
    CHECK(switched("%[%{with a} || %{with b}]") == "+a");
    CHECK(switched("%[%{with a} && %{with b} || %{with c}]") == "+c");
    CHECK(switched("%[%{with a} || %{with b}]", {{"b"}, {}, {}}) == "+b");
    CHECK(switched("%[%{with a} || %{with b}]", {{}, {"a"}, {}}) == "+b -a");
    CHECK(switched(R"(%["%{name}" == "x" || %{with a}])") == "+a");
    CHECK(switched("%[%{with a} ? 1 : 0]") == "+a");
    CHECK(switched("%[1 || %{with a}]").empty());
}

TEST_CASE("what the user has said stays, and what cannot hold changes nothing") {
    CHECK(switched("%{with a}", {{}, {"a"}, {}}) == "-a");
    CHECK(switched("%[%{with a} && %{with b}]", {{}, {"b"}, {}}) == "-b");
    CHECK(switched("%[%{with a} && %{without a}]").empty());
    CHECK(switched("%[%{with a} && 0]").empty());
    CHECK(switched("%{with a}", {{"a"}, {}, {}}) == "+a");
}

TEST_CASE("what only looks like a bcond is none") {
    CHECK(switched("%%{with a}").empty());
    CHECK(switched("").empty());
    CHECK(switched("0").empty());
    CHECK(switched("1").empty());
    CHECK(switched("%{with").empty());
    CHECK(switched("%[%{with a} &&").empty());
    CHECK(switched("%(echo %{with a})").empty());
    CHECK(switched("%{?fedora}").empty());
    CHECK(switched(R"(%["%%{with a}" == "x"])").empty());
    CHECK(switched(std::string(10'000, '(')).empty());
    CHECK(switched("%[" + std::string(10'000, '(') + "%{with a}").empty());
    std::string nested = "%{with a}";
    for (int depth = 0; depth < 1000; ++depth) nested = "%{?x:" + nested + "}";
    CHECK(switched(nested).empty());
}
