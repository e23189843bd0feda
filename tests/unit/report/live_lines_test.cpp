#include "report/live_lines.hpp"

#include <cstdlib>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.hpp"
#include "catch.hpp"
#include "events.hpp"
#include "log/terminal.hpp"
#include "miniature_terminal.hpp"
#include "report/plain_lines.hpp"

using namespace pystacks;
using namespace pystacks::report;
using Lines = std::vector<std::string>;

namespace {

/// A pseudo-terminal: what is written to `terminal` can be read from `screen`.
struct PseudoTerminal {
    UniqueFd screen{::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK)};
    UniqueFd terminal;

    PseudoTerminal() {
        REQUIRE(screen);
        REQUIRE(::grantpt(screen.get()) == 0);
        REQUIRE(::unlockpt(screen.get()) == 0);
        terminal.reset(::open(::ptsname(screen.get()), O_RDWR | O_NOCTTY));
        REQUIRE(terminal);
        const winsize size{8, 60, 0, 0};
        REQUIRE(::ioctl(screen.get(), TIOCSWINSZ, &size) == 0);
    }
    std::string read_all() {
        std::string bytes;
        char buffer[4096];
        for (ssize_t count = 0; (count = ::read(screen.get(), buffer, sizeof buffer)) > 0;) {
            bytes.append(buffer, static_cast<std::size_t>(count));
        }
        return bytes;
    }
};

}  // namespace

TEST_CASE("a terminal ends with the lasting lines") {
    PseudoTerminal pty;
    {
        LiveLines display(pty.terminal.get());
        display.update(event(ProgressEvent::Kind::started, "debug", "make"));
        // Long enough for a frame or two; what is on the screen at the end does not depend on how many there were.
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
        display.update(event(ProgressEvent::Kind::finished, "debug", "make"));
        display.print("debug: make finished in 59 s\n");
        display.update(event(ProgressEvent::Kind::started, "debug", "install"));
    }
    MiniatureTerminal screen(60, 8);
    screen.write(pty.read_all());
    CHECK(screen.text() == Lines{"debug: make finished in 59 s"});
}

TEST_CASE("who gets live lines, and who gets colours") {
    PseudoTerminal pty;
    ::setenv("TERM", "xterm", 1);
    ::unsetenv("NO_COLOR");
    CHECK(log::can_redraw(pty.terminal.get()));
    CHECK(log::shows_colours(pty.terminal.get()));
    ::setenv("NO_COLOR", "1", 1);
    CHECK(log::can_redraw(pty.terminal.get()));
    CHECK_FALSE(log::shows_colours(pty.terminal.get()));
    ::setenv("NO_COLOR", "", 1);
    CHECK(log::shows_colours(pty.terminal.get()));
    ::unsetenv("NO_COLOR");
    ::setenv("TERM", "vt100", 1);
    CHECK(log::can_redraw(pty.terminal.get()));
    CHECK_FALSE(log::shows_colours(pty.terminal.get()));
    ::setenv("TERM", "dumb", 1);
    CHECK_FALSE(log::can_redraw(pty.terminal.get()));
    CHECK_FALSE(log::shows_colours(pty.terminal.get()));
    ::unsetenv("TERM");
    CHECK_FALSE(log::can_redraw(pty.terminal.get()));
    ::setenv("TERM", "xterm", 1);
    const UniqueFd null(::open("/dev/null", O_WRONLY));
    CHECK_FALSE(log::can_redraw(null.get()));
    CHECK_FALSE(log::shows_colours(null.get()));
}

TEST_CASE("plain lines say what starts and what ends, and nothing in between") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const UniqueFd reader(ends[0]);
    UniqueFd writer(ends[1]);
    PlainLines display(writer.get());
    display.post(event(ProgressEvent::Kind::started, "debug", "make"));
    for (int count = 0; count < 10; ++count) display.post(event(ProgressEvent::Kind::advanced, "debug", "make"));
    ProgressEvent finished = event(ProgressEvent::Kind::finished, "debug", "make");
    finished.seconds = 59;
    display.post(finished);
    display.post(event(ProgressEvent::Kind::skipped, "optimized", "configure"));
    writer.reset();
    char buffer[4096];
    const ssize_t count = ::read(reader.get(), buffer, sizeof buffer);
    REQUIRE(count > 0);
    CHECK(std::string(buffer, static_cast<std::size_t>(count)) ==
          "debug: make started\ndebug: make finished in 59 s\noptimized: configure (skipped: up to date)\n");
}
