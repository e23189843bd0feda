#include "verify/target.hpp"

#include "base/error.hpp"
#include "catch.hpp"
#include "stack/toml_text.hpp"
#include "verify/test_choice.hpp"

using namespace pystacks;
using namespace pystacks::verify;

namespace {

Target read(const std::string& name) {
    const toml::table document = stack::parse_toml("on = \"" + name + "\"\n", "plan.toml");
    stack::Problems problems("plan.toml");
    const Target target = read_target(name, document.get("on")->source(), problems);
    problems.throw_if_any();
    return target;
}

}  // namespace

TEST_CASE("a target has a name, and says which interpreters it means") {
    InstalledInterpreter optimized, debug;
    debug.abi.traits = python::debug_traits;
    for (const Target target : {Target::each, Target::optimized, Target::debug}) CHECK(read(name_of(target)) == target);
    CHECK(includes(Target::each, optimized));
    CHECK(includes(Target::each, debug));
    CHECK(includes(Target::optimized, optimized));
    CHECK_FALSE(includes(Target::optimized, debug));
    CHECK_FALSE(includes(Target::debug, optimized));
    CHECK(includes(Target::debug, debug));
    CHECK_THROWS_WITH(read("both"), contains_text("plan.toml:1:6") && contains_text("found 'both'"));
}

TEST_CASE("tests are chosen by a word or by their names") {
    using Kind = TestChoice::Kind;
    CHECK(TestChoice::of("quick").kind == Kind::quick);
    CHECK(TestChoice::of("full").kind == Kind::full);
    CHECK(TestChoice::of("none").kind == Kind::none);
    const TestChoice named = TestChoice::of("test_gc, test_json");
    CHECK(named.kind == Kind::named);
    CHECK(named.names == std::vector<std::string>{"test_gc", "test_json"});
    CHECK(TestChoice::of(", ").kind == Kind::named);
    CHECK(TestChoice::of(", ").names.empty());
}
