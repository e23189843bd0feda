#include "verify/plan.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/file.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::verify;

namespace {

const char* minimal = R"(
[[check]]
name = "sample.runs"
about = "it runs"
on = "debug"
code = "pass"
)";

std::string problem_of(const std::string& text) {
    try {
        (void)parse_plan(text, "plan.toml");
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
        return error.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("a check has sensible defaults") {
    const std::vector<PlannedCheck> plan = parse_plan(minimal, "plan.toml");
    REQUIRE(plan.size() == 1);
    CHECK(plan[0].name == "sample.runs");
    CHECK(plan[0].time_limit == 60);
    CHECK(plan[0].stdout_lines == 1);
    CHECK(plan[0].not_offered.empty());
}

TEST_CASE("every check of ours says what was seen when it passes") {
    const pystacks::fs::path file = pystacks::fs::path(PYSTACKS_REPOSITORY) / "templates/verify/plan.toml";
    for (const PlannedCheck& check : parse_plan(read_file(file), file)) {
        INFO(check.name);
        CHECK_FALSE(check.passed.empty());
    }
}

TEST_CASE("rows say for which versions a check asks for too much") {
    const std::vector<PlannedCheck> plan = parse_plan(std::string(minimal) + R"(
[[check.not-offered]]
from = "3.9"
reason = "gone"
[[check.not-offered]]
until = "3.9"
without = "COUNT_ALLOCS"
reason = "built without"
)",
                                                      "plan.toml");
    REQUIRE(plan.at(0).not_offered.size() == 2);
    const NotOffered& gone = plan[0].not_offered[0];
    CHECK(gone.holds_for(3, 9));
    CHECK(gone.holds_for(3, 13));
    CHECK_FALSE(gone.holds_for(3, 8));
    CHECK_FALSE(gone.holds_for(2, 7));
    const NotOffered& without = plan[0].not_offered[1];
    CHECK(without.without == "COUNT_ALLOCS");
    CHECK(without.holds_for(2, 7));
    CHECK_FALSE(without.holds_for(3, 9));
}

TEST_CASE("what is wrong in a plan is said with its place") {
    CHECK_THAT(problem_of("[[check]]\nname = \"x\"\nabot = \"y\"\non = \"each\"\ncode = \"pass\"\n"),
               contains_text("plan.toml:3") && contains_text("about"));
    CHECK_THAT(problem_of("[[check]]\nname = \"x\"\nabout = \"y\"\non = \"both\"\ncode = \"pass\"\n"),
               contains_text("'on' must be"));
    CHECK_THAT(problem_of("[[check]]\nname = \"x\"\nabout = \"y\"\non = \"each\"\n"),
               contains_text("either 'code' or"));
    CHECK_THAT(problem_of(std::string(minimal) + "stdout = '('\n"), contains_text("not a regular expression"));
    CHECK_THAT(problem_of(std::string(minimal) + "[[check.not-offered]]\nfrom = \"three\"\nreason = \"x\"\n"),
               contains_text("must be a version"));
    CHECK_THAT(problem_of("[[chek]]\n"), contains_text("check"));
}

TEST_CASE("the plan that is installed can be read, and its scripts are there") {
    const fs::path folder = fs::path(PYSTACKS_REPOSITORY) / "templates/verify";
    const std::vector<PlannedCheck> plan = parse_plan(read_file(folder / "plan.toml"), folder / "plan.toml");
    std::set<std::string> names;
    for (const PlannedCheck& check : plan) {
        CHECK(names.insert(check.name).second);
        if (!check.script.empty()) CHECK(fs::exists(folder / check.script));
    }
    // What the feature page asks for, by name.
    for (const char* name : {"refcount.total", "trace-refs.objects", "trace-refs.by-type", "trace-refs.dump",
                             "malloc.stats", "malloc.overrun", "count-allocs.counts", "lltrace.trace",
                             "call-profile.stats", "tsc.dump", "extension.works", "interpreter.runs"}) {
        CHECK(names.count(name) == 1);
    }
}
