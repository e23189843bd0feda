#include "report/progress.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks::report;

TEST_CASE("an event survives its JSON line") {
    ProgressEvent event;
    event.kind = ProgressEvent::Kind::failed;
    event.lane = "debug";
    event.phase = "make";
    event.done = 12;
    event.total = 18446744073709551615U;
    event.seconds = 1.5;
    event.text = "two\nlines \"quoted\"";
    event.reason = "all that is known";
    event.log = "/tmp/a log";
    const std::string line = to_json_line(event);
    CHECK(line.find('\n') == std::string::npos);
    const ProgressEvent back = from_json_line(line);
    CHECK(back.kind == event.kind);
    CHECK(back.lane == event.lane);
    CHECK(back.phase == event.phase);
    CHECK(back.done == event.done);
    CHECK(back.total == event.total);
    CHECK(back.seconds == event.seconds);
    CHECK(back.text == event.text);
    CHECK(back.reason == event.reason);
    CHECK(back.log == event.log);
}

TEST_CASE("text that is no UTF-8 is sent all the same") {
    ProgressEvent event;
    event.text = "caf\xe9";
    CHECK(from_json_line(to_json_line(event)).text.substr(0, 3) == "caf");
}

TEST_CASE("what is no event is an error") {
    for (const char* line : {"", "{", "[]", "42", R"({"kind":"started"})", R"({"kind":"exploded","lane":"x"})",
                             R"({"kind":7,"lane":"x"})", R"({"kind":"started","lane":"x","done":"many"})"}) {
        INFO(line);
        CHECK_THROWS_AS(from_json_line(line), pystacks::Error);
    }
}
