#include "log/terminal_sink.hpp"

#include <array>
#include <cstdlib>
#include <memory>
#include <string>

#include <fcntl.h>
#include <spdlog/logger.h>
#include <unistd.h>

#include "base/file.hpp"
#include "catch.hpp"

using namespace pystacks;
using log::TerminalSink;

namespace {

std::string read_all(int descriptor) {
    REQUIRE(::fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0);
    std::string bytes;
    std::array<char, 4096> buffer{};
    for (ssize_t count = 0; (count = ::read(descriptor, buffer.data(), buffer.size())) > 0;) {
        bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return bytes;
}

struct Pipe {
    UniqueFd reader, writer;
    Pipe() {
        std::array<int, 2> ends{};
        REQUIRE(::pipe(ends.data()) == 0);
        reader.reset(ends[0]);
        writer.reset(ends[1]);
    }
};

struct Screen final : log::Surface {
    std::string shown;
    void print(std::string_view lines) override { shown += lines; }
};

}  // namespace

TEST_CASE("plain lines: no times, no colours, debug messages marked as rpm marks them") {
    const Pipe pipe;
    const auto sink = std::make_shared<TerminalSink>(pipe.writer.get());
    spdlog::logger logger("test", sink);
    logger.set_level(spdlog::level::trace);
    logger.info("rpm: it is so\n");
    logger.warn("look");
    logger.debug("runs: make");
    logger.trace("step");
    logger.info("");
    CHECK(read_all(pipe.reader.get()) == "rpm: it is so\nlook\nD: runs: make\nT: step\n");
}

TEST_CASE("what a spec, librpm or a program says cannot command the terminal") {
    const Pipe pipe;
    const auto sink = std::make_shared<TerminalSink>(pipe.writer.get());
    spdlog::logger logger("test", sink);
    logger.warn("rpm: \x1b[2Jfirst\nsecond\x9b");
    CHECK(read_all(pipe.reader.get()) == "rpm: ?[2Jfirst\nsecond?\n");
}

TEST_CASE("levels are filtered") {
    const Pipe pipe;
    const auto sink = std::make_shared<TerminalSink>(pipe.writer.get());
    sink->set_level(spdlog::level::warn);
    spdlog::logger logger("test", sink);
    logger.info("progress");
    logger.error("trouble");
    CHECK(read_all(pipe.reader.get()) == "trouble\n");
}

TEST_CASE("who draws on the terminal gets whole lines, and only while attached") {
    const Pipe pipe;
    const auto sink = std::make_shared<TerminalSink>(pipe.writer.get());
    spdlog::logger logger("test", sink);
    Screen screen;
    sink->attach(screen);
    logger.info("above");
    logger.info("two\nlines");
    sink->detach(screen);
    logger.info("below");
    CHECK(screen.shown == "above\ntwo\nlines\n");
    CHECK(read_all(pipe.reader.get()) == "below\n");
}

TEST_CASE("on a terminal the first line of a warning and of an error has a colour, unless NO_COLOR is set") {
    const UniqueFd screen(::posix_openpt(O_RDWR | O_NOCTTY));
    REQUIRE(screen);
    REQUIRE(::grantpt(screen.get()) == 0);
    REQUIRE(::unlockpt(screen.get()) == 0);
    const UniqueFd terminal(::open(::ptsname(screen.get()), O_RDWR | O_NOCTTY));
    REQUIRE(terminal);
    ::setenv("TERM", "xterm", 1);
    ::unsetenv("NO_COLOR");
    spdlog::logger coloured("test", std::make_shared<TerminalSink>(terminal.get()));
    ::setenv("NO_COLOR", "1", 1);
    spdlog::logger plain("test", std::make_shared<TerminalSink>(terminal.get()));
    ::unsetenv("NO_COLOR");
    coloured.error("broken:\n  why");
    coloured.warn("look");
    coloured.info("fine");
    plain.error("broken");
    CHECK(read_all(screen.get()) == "\x1b[31mbroken:\x1b[m\r\n  why\r\n\x1b[33mlook\x1b[m\r\nfine\r\nbroken\r\n");
}
