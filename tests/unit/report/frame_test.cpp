#include "report/frame.hpp"

#include "catch.hpp"
#include "miniature_terminal.hpp"

using pystacks::report::FrameComposer;
using Lines = std::vector<std::string>;

TEST_CASE("live lines are drawn over each other, what ended scrolls above") {
    MiniatureTerminal terminal(40, 8);
    terminal.write("$ pystacks build\r\n");
    FrameComposer composer;
    terminal.write(composer.frame({}, {"optimized configure", "debug configure"}, {40, 8}));
    CHECK(terminal.text() == Lines{"$ pystacks build", "optimized configure", "debug configure"});

    terminal.write(composer.frame({"debug: configure finished"}, {"optimized make", "debug make"}, {40, 8}));
    CHECK(terminal.text() == Lines{"$ pystacks build", "debug: configure finished", "optimized make", "debug make"});

    terminal.write(composer.frame({"optimized: make finished"}, {"debug make 2"}, {40, 8}));
    CHECK(terminal.text() ==
          Lines{"$ pystacks build", "debug: configure finished", "optimized: make finished", "debug make 2"});

    terminal.write(composer.frame({"debug: make finished"}, {}, {40, 8}));
    terminal.write("dist/RPMS\r\n");
    CHECK(terminal.text() == Lines{"$ pystacks build", "debug: configure finished", "optimized: make finished",
                                   "debug: make finished", "dist/RPMS"});
}

TEST_CASE("at the bottom of the screen nothing is drawn twice") {
    MiniatureTerminal terminal(30, 4);
    terminal.write("one\r\ntwo\r\nthree\r\n");
    FrameComposer composer;
    for (int round = 0; round < 5; ++round) {
        terminal.write(composer.frame({"ended " + std::to_string(round)}, {"a", "b"}, {30, 4}));
    }
    CHECK(terminal.text() ==
          Lines{"one", "two", "three", "ended 0", "ended 1", "ended 2", "ended 3", "ended 4", "a", "b"});
}

TEST_CASE("a live line never wraps, a lasting one may") {
    MiniatureTerminal terminal(10, 8);
    FrameComposer composer;
    terminal.write(composer.frame({}, {"0123456789abc"}, {10, 8}));
    CHECK(terminal.text() == Lines{"01234567~"});

    terminal.write(composer.frame({"abcdefghijklmno", "0123456789"}, {"x"}, {10, 8}));
    CHECK(terminal.text() == Lines{"abcdefghij", "klmno", "0123456789", "x"});
}

TEST_CASE("more lanes than rows") {
    MiniatureTerminal terminal(20, 3);
    FrameComposer composer;
    terminal.write(composer.frame({}, {"a", "b", "c", "d"}, {20, 3}));
    terminal.write(composer.frame({}, {"a2", "b2", "c2", "d2"}, {20, 3}));
    CHECK(terminal.text() == Lines{"c2", "d2"});
}

TEST_CASE("a terminal that is made narrower keeps what scrolled by") {
    MiniatureTerminal terminal(30, 8);
    FrameComposer composer;
    terminal.write(composer.frame({"kept"}, {"optimized make 100/400", "debug make 200/400"}, {30, 8}));
    terminal.resize(12);
    terminal.write(composer.frame({}, {"opt", "dbg"}, {12, 8}));
    CHECK(terminal.text() == Lines{"kept", "opt", "dbg"});
    terminal.resize(40);
    terminal.write(composer.frame({}, {"optimized make 101/400", "debug make 201/400"}, {40, 8}));
    CHECK(terminal.text() == Lines{"kept", "optimized make 101/400", "debug make 201/400"});
}

TEST_CASE("nothing drawn, nothing to restore") {
    FrameComposer composer;
    MiniatureTerminal terminal(20, 3);
    terminal.write(composer.frame({}, {}, {20, 3}));
    CHECK(terminal.text().empty());
}
