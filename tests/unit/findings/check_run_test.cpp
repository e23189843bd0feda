#include "findings/check_run.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>

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

namespace {

/// A check that notes that it has run.
Check noted(const std::string& name, int cost, std::vector<std::string>& order) {
    Check check{name, "", [name, &order] {
                    order.push_back(name);
                    return Verdict::pass("");
                }};
    check.cost = cost;
    return check;
}

}  // namespace

TEST_CASE("the most expensive check begins first, and results keep the order of the checks") {
    std::vector<std::string> order;
    CheckRun run(1, [](const Result&, std::size_t) {});
    run.add({noted("a", 1, order), noted("b", 5, order)});
    run.add({noted("c", 9, order), noted("d", 1, order)});
    CHECK(order.empty());  // one at a time, and this thread has not taken part yet
    const std::vector<Result> results = run.finish();
    CHECK(order == std::vector<std::string>{"c", "b", "a", "d"});
    REQUIRE(results.size() == 4);
    CHECK(results[0].name == "a");
    CHECK(results[2].name == "c");
}

TEST_CASE("checks begin while others are still to be added") {
    std::promise<void> begun;
    CheckRun run(2, [](const Result&, std::size_t) {});
    run.add({{"a", "", [&] {
                  begun.set_value();
                  return Verdict::pass("");
              }}});
    begun.get_future().wait();
    run.add({{"b", "", [] { return Verdict::pass(""); }}});
    CHECK(run.finish().size() == 2);
}

TEST_CASE("a run that is given up waits for what has begun, and leaves out the rest") {
    std::vector<std::string> order;
    std::promise<void> begun;
    std::atomic<bool> ended = false;
    {
        CheckRun run(2, [](const Result&, std::size_t) {});
        run.add({{"a", "", [&] {
                      begun.set_value();
                      std::this_thread::sleep_for(std::chrono::milliseconds(20));
                      ended = true;
                      return Verdict::pass("");
                  }}});
        begun.get_future().wait();
        run.add({noted("b", 1, order)});
    }
    CHECK(ended);
    CHECK(order.empty());
}
