#include "report/progress_log.hpp"

#include <set>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.hpp"
#include "catch.hpp"
#include "events.hpp"
#include "log/log.hpp"
#include "miniature_terminal.hpp"

using namespace pystacks;
using namespace pystacks::report;
using Kind = ProgressEvent::Kind;

namespace {

constexpr int columns = 60;
constexpr int rows = 8;

/// A pseudo-terminal that is read while it is written to, so that nobody waits.
class Screen {
public:
    Screen() {
        REQUIRE(screen_);
        REQUIRE(::grantpt(screen_.get()) == 0);
        REQUIRE(::unlockpt(screen_.get()) == 0);
        terminal_.reset(::open(::ptsname(screen_.get()), O_RDWR | O_NOCTTY));
        REQUIRE(terminal_);
        const winsize size{rows, columns, 0, 0};
        REQUIRE(::ioctl(screen_.get(), TIOCSWINSZ, &size) == 0);
        reader_ = std::thread([this] {
            char buffer[4096];
            for (ssize_t count = 0; (count = ::read(screen_.get(), buffer, sizeof buffer)) > 0;) {
                bytes_.append(buffer, static_cast<std::size_t>(count));
            }
        });
    }
    [[nodiscard]] int terminal() const { return terminal_.get(); }

    /// All that was shown, also what has scrolled away. Ends the terminal.
    std::vector<std::string> lines() {
        terminal_.reset();
        reader_.join();
        MiniatureTerminal miniature(columns, rows);
        miniature.write(bytes_);
        return miniature.text();
    }

private:
    UniqueFd screen_{::posix_openpt(O_RDWR | O_NOCTTY)};
    UniqueFd terminal_;
    std::string bytes_;
    std::thread reader_;
};

}  // namespace

TEST_CASE("messages of other threads between frames leave whole lines above the live ones") {
    constexpr int threads = 4;
    constexpr int messages = 60;
    Screen screen;
    std::set<std::string> wanted{"debug: make finished in 59 s"};
    {
        ProgressLog display(std::make_unique<LiveLines>(screen.terminal()));
        display.post(event(Kind::started, "optimized", "make"));
        display.post(event(Kind::started, "debug", "make"));
        std::vector<std::thread> speakers;
        for (int number = 0; number < threads; ++number) {
            for (int count = 0; count < messages; ++count) {
                wanted.insert(fmt::format("rpm: message {} of thread {}", count, number));
            }
            speakers.emplace_back([number, &display] {
                for (int count = 0; count < messages; ++count) {
                    log::info(fmt::format("rpm: message {} of thread {}", count, number));
                    ProgressEvent advanced = event(Kind::advanced, "optimized", "make");
                    advanced.done = static_cast<std::uint64_t>(count);
                    display.post(advanced);
                    std::this_thread::sleep_for(std::chrono::milliseconds(5));
                }
            });
        }
        for (std::thread& each : speakers) each.join();
        ProgressEvent finished = event(Kind::finished, "debug", "make");
        finished.seconds = 59;
        display.post(finished);
    }
    log::post({.message = "for the log file", .shown = ""});
    const std::vector<std::string> lines = screen.lines();
    CHECK(std::set<std::string>(lines.begin(), lines.end()) == wanted);
    CHECK(lines.size() == wanted.size());
}

TEST_CASE("events in the words and with the numbers of the log") {
    ProgressEvent failed = event(Kind::failed, "debug", "make");
    failed.seconds = 3;
    failed.text = "cannot make";
    failed.reason = "make exited\nwith 2";
    failed.log = "logs/debug-make.log";
    const log::Event logged = to_log_event(failed);
    CHECK(logged.level == log::Level::error);
    CHECK(logged.kind == "failed");
    CHECK(logged.message == "debug: make failed after 3 s: cannot make");
    CHECK_FALSE(logged.shown);
    using Details = decltype(logged.details);
    CHECK(logged.details == Details{{"lane", "debug"},
                                    {"phase", "make"},
                                    {"text", "cannot make"},
                                    {"log", "logs/debug-make.log"},
                                    {"reason", "make exited\nwith 2"},
                                    {"seconds", 3.0}});

    ProgressEvent warning;
    warning.text = "look";
    warning.level = log::Level::warning;
    CHECK(to_log_event(warning).level == log::Level::warning);
    CHECK(to_log_event(warning).kind == "message");

    CHECK(to_log_event(event(Kind::started, "debug", "make")).message == "debug: make started");
    ProgressEvent advanced = event(Kind::advanced, "debug", "make");
    advanced.done = 12;
    CHECK(to_log_event(advanced).level == log::Level::trace);
    CHECK(to_log_event(advanced).shown == "");
    CHECK(to_log_event(advanced).message == "debug: make: 12 objects");
    advanced.total = 345;
    CHECK(to_log_event(advanced).message == "debug: make: 12/345 objects");
    // What has been done may be worth a line.
    advanced.text = "passed       elf.relro";
    CHECK(to_log_event(advanced).level == log::Level::info);
    CHECK_FALSE(to_log_event(advanced).shown);
}
