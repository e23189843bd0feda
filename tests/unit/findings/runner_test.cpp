#include "findings/runner.hpp"

#include <atomic>

#include "base/error.hpp"
#include "catch.hpp"
#include "findings/totals.hpp"

using namespace pystacks;
using namespace pystacks::findings;

TEST_CASE("checks run, each has its result, in their order") {
    const std::vector<Check> checks{
        {"a", "first", [] { return Verdict::pass("fine"); }},
        {"b", "second", [] { return Verdict::fail("broken", "whole", "broken", "look"); }},
        {"c", "third", [] { return Verdict::not_offered("gone in 3.9"); }},
        {"d", "fourth", []() -> Verdict { throw Error("cannot look", "/x", "it is dark"); }},
    };
    std::size_t told = 0;
    const std::vector<Result> results = run_checks(checks, 3, [&](const Result&, std::size_t done) { told = done; });
    REQUIRE(results.size() == 4);
    CHECK(told == 4);
    CHECK(results[0].verdict.status == Status::passed);
    CHECK(results[1].verdict.status == Status::failed);
    CHECK(results[2].verdict.reason == "gone in 3.9");
    // A check that could not be carried out has not passed.
    CHECK(results[3].verdict.status == Status::failed);
    CHECK_THAT(results[3].verdict.seen, contains_text("it is dark"));
    const Totals totals = count(results);
    CHECK(totals.passed == 1);
    CHECK(totals.failed == 2);
    CHECK(totals.not_offered == 1);
}

TEST_CASE("an interruption ends the run, and is no verdict") {
    const std::vector<Check> checks{
        {"a", "first", []() -> Verdict { throw Error(ErrorKind::interrupted, "interrupted", "", ""); }}};
    CHECK_THROWS_AS(run_checks(checks, 1, [](const Result&, std::size_t) {}), Error);
}
