#include "report/lanes.hpp"

#include "catch.hpp"
#include "events.hpp"

using namespace pystacks::report;
using Kind = ProgressEvent::Kind;
using Lines = std::vector<std::string>;

namespace {

const Lanes::Clock::time_point start{};

Lanes::Clock::time_point at(int seconds) { return start + std::chrono::seconds(seconds); }

}  // namespace

TEST_CASE("one line a lane, with phase, time and count") {
    Lanes lanes;
    lanes.apply(event(Kind::started, "optimized", "make"), at(0));
    lanes.apply(event(Kind::started, "debug", "configure"), at(2));
    auto advanced = event(Kind::advanced, "optimized", "make");
    advanced.done = 231;
    advanced.total = 418;
    lanes.apply(advanced, at(60));
    CHECK(lanes.lines(at(62)) ==
          Lines{"optimized  make        1 min 02 s   231/418 objects", "debug      configure   1 min 00 s"});
}

TEST_CASE("what ended leaves its lane and scrolls by") {
    Lanes lanes;
    lanes.apply(event(Kind::started, "debug", "make"), at(0));
    auto finished = event(Kind::finished, "debug", "make");
    finished.seconds = 59;
    lanes.apply(finished, at(59));
    CHECK(lasting_line(finished) == "debug: make finished in 59 s");
    CHECK(lanes.lines(at(60)).empty());

    auto skipped = event(Kind::skipped, "optimized", "configure");
    CHECK(lasting_line(skipped) == "optimized: configure (skipped: up to date)");
}

TEST_CASE("a log has a line for every event") {
    CHECK(log_line(event(Kind::started, "debug", "make")) == "debug: make started");
    CHECK(log_line(event(Kind::started, "", "make")) == "make started");
    auto advanced = event(Kind::advanced, "debug", "make");
    advanced.done = 12;
    CHECK(log_line(advanced) == "debug: make: 12 objects");
    advanced.total = 345;
    CHECK(log_line(advanced) == "debug: make: 12/345 objects");
    advanced.text = "passed       elf.relro";
    CHECK(log_line(advanced) == "[ 12/345] passed       elf.relro");
}

TEST_CASE("the end of one phase does not take the next one's line away") {
    Lanes lanes;
    lanes.apply(event(Kind::started, "debug", "configure"), at(0));
    lanes.apply(event(Kind::started, "debug", "make"), at(10));
    lanes.apply(event(Kind::finished, "debug", "configure"), at(10));
    CHECK(lanes.lines(at(11)).size() == 1);
}

TEST_CASE("messages, and failures with their reason") {
    auto message = event(Kind::message, "", "");
    message.text = "first\nsecond";
    CHECK(lasting_line(message) == "first\nsecond");
    message.lane = "debug";
    CHECK(lasting_line(message) == "debug: first\nsecond");
    auto failed = event(Kind::failed, "debug", "make");
    failed.seconds = 3;
    failed.text = "exited with status 2";
    CHECK(lasting_line(failed) == "debug: make failed after 3 s: exited with status 2");
    auto interrupted = event(Kind::interrupted, "debug", "make");
    interrupted.seconds = 2;
    interrupted.text = "interrupted";
    CHECK(lasting_line(interrupted) == "debug: make interrupted after 2 s");
}

TEST_CASE("the total has a line while something is at work, and an estimate only with an earlier build") {
    Lanes lanes;
    lanes.begin_total(std::nullopt, start);
    CHECK(lanes.lines(at(1)).empty());
    lanes.apply(event(Kind::started, "stack", "prep"), at(1));
    REQUIRE(lanes.lines(at(61)).size() == 2);
    CHECK(lanes.lines(at(61)).back() == "total              1 min 01 s");
    Timeline earlier;
    earlier.spans = {{"stack", "prep", 1, 61}};
    earlier.total = 100;
    lanes.begin_total(earlier, start);
    lanes.apply(event(Kind::started, "stack", "prep"), at(1));
    CHECK(lanes.lines(at(11)).back() == "total                    11 s   about 1 min 29 s left");
    CHECK(lanes.lines(at(91)).back() == "total              1 min 31 s   more than 39 s left");
}
