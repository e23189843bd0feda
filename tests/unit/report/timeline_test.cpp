#include "report/timeline.hpp"

#include "catch.hpp"
#include "events.hpp"

using namespace pystacks::report;
using Kind = ProgressEvent::Kind;

namespace {

const Estimate::Clock::time_point start;

Estimate::Clock::time_point at(int seconds) { return start + std::chrono::seconds(seconds); }

/// prep 0–10, optimized 10–110, debug 10–60, merge 110–130, all of it 140.
Timeline earlier() {
    TimelineRecorder recorder(start);
    recorder.apply(event(Kind::started, "stack", "prep"), at(0));
    recorder.apply(event(Kind::finished, "stack", "prep"), at(10));
    recorder.apply(event(Kind::started, "optimized", "make"), at(10));
    recorder.apply(event(Kind::started, "debug", "make"), at(10));
    recorder.apply(event(Kind::finished, "debug", "make"), at(60));
    recorder.apply(event(Kind::finished, "optimized", "make"), at(110));
    recorder.apply(event(Kind::started, "stack", "merge"), at(110));
    recorder.apply(event(Kind::finished, "stack", "merge"), at(130));
    const auto whole = recorder.whole(at(140));
    REQUIRE(whole);
    return *whole;
}

}  // namespace

TEST_CASE("what is left is what was left in the earlier build") {
    Estimate estimate(earlier());
    CHECK(estimate.left(at(0)).seconds == 140);
    estimate.apply(event(Kind::started, "stack", "prep"), at(0));
    CHECK(estimate.left(at(5)).seconds == 135);
    estimate.apply(event(Kind::finished, "stack", "prep"), at(20));
    estimate.apply(event(Kind::started, "debug", "make"), at(20));
    estimate.apply(event(Kind::started, "optimized", "make"), at(20));
    CHECK(estimate.left(at(30)).seconds == 120);
    estimate.apply(event(Kind::finished, "debug", "make"), at(40));
    CHECK(estimate.left(at(70)).seconds == 80);
    CHECK_FALSE(estimate.left(at(70)).at_least);
}

TEST_CASE("a phase that takes longer than it did makes the estimate a least one") {
    Estimate estimate(earlier());
    estimate.apply(event(Kind::started, "stack", "prep"), at(0));
    CHECK(estimate.left(at(500)).seconds == 130);
    CHECK(estimate.left(at(500)).at_least);
}

TEST_CASE("what is skipped, or does not come, is over") {
    Estimate estimate(earlier());
    estimate.apply(event(Kind::skipped, "stack", "prep"), at(0));
    estimate.apply(event(Kind::skipped, "optimized", "make"), at(0));
    estimate.apply(event(Kind::skipped, "debug", "make"), at(0));
    CHECK(estimate.left(at(0)).seconds == 30);
    estimate.apply(event(Kind::started, "stack", "lists"), at(1));
    CHECK(estimate.left(at(2)).seconds == 30);
    estimate.apply(event(Kind::finished, "stack", "merge"), at(3));
    CHECK(estimate.left(at(3)).seconds == 0);
}

TEST_CASE("a build that was not whole says nothing of one that is") {
    for (const Kind kind : {Kind::skipped, Kind::failed, Kind::interrupted}) {
        TimelineRecorder recorder(start);
        recorder.apply(event(Kind::started, "stack", "merge"), at(0));
        recorder.apply(event(Kind::finished, "stack", "merge"), at(1));
        recorder.apply(event(kind, "debug", "make"), at(1));
        CHECK_FALSE(recorder.whole(at(2)));
    }
    TimelineRecorder running(start);
    running.apply(event(Kind::started, "stack", "merge"), at(0));
    CHECK_FALSE(running.whole(at(2)));
}
