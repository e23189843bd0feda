#include "merge/requirements.hpp"

#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::merge;
using Indices = std::set<std::size_t>;

namespace {

stack::Package requiring(const std::string& name, std::vector<std::string> requirements) {
    stack::Package package;
    package.name = name;
    package.requires_ = std::move(requirements);
    return package;
}

}  // namespace

TEST_CASE("a requirement's name is its first word, without the architecture") {
    CHECK(required_name("python3.13-libs(x86-64) = 3.13.5-1") == "python3.13-libs");
    CHECK(required_name("python3.13-libs = 3.13.5-1") == "python3.13-libs");
    CHECK(required_name("tzdata") == "tzdata");
    CHECK(required_name("libs(aarch-64)") == "libs");
}

TEST_CASE("rich dependencies and capabilities name no package") {
    CHECK(required_name("(python-rpm-macros if rpm-build)").empty());
    CHECK(required_name("python(abi) = 3.13").empty());
    CHECK(required_name("").empty());
}

TEST_CASE("the foundations are what all others bring along") {
    const auto libs = requiring("libs", {"tzdata"});
    const auto main = requiring("main", {"libs(x86-64) = 1"});
    const auto idle = requiring("idle", {"main = 1"});
    const auto other = requiring("other", {});
    const Requirements requirements({&libs, &main, &idle, &other});
    CHECK(requirements.foundations({0, 1, 2}) == Indices{0});
    CHECK(requirements.foundations({0, 2}) == Indices{0});  // through main
    CHECK(requirements.foundations({0, 2, 3}) == Indices{0, 3});
    CHECK(requirements.foundations({2}) == Indices{2});
}

TEST_CASE("of packages that require each other, the first stays") {
    const auto a = requiring("a", {"b"});
    const auto b = requiring("b", {"a"});
    const Requirements requirements({&a, &b});
    CHECK(requirements.foundations({0, 1}) == Indices{0});
}
