#include "log/logger.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <unistd.h>

#include "log/current_event.hpp"
#include "log/log.hpp"

namespace pystacks::log {
namespace {

thread_local const Event* logged_now = nullptr;

/// A log can no longer be written: the work continues, and the terminal shows why.
void show_problem(const std::string& problem) {
    const Event* const outer = std::exchange(logged_now, nullptr);
    terminal().log({"pystacks", spdlog::level::warn, "pystacks: " + problem});
    logged_now = outer;
}

struct Logging {
    std::shared_ptr<TerminalSink> terminal = std::make_shared<TerminalSink>(STDERR_FILENO);
    spdlog::logger logger{"pystacks", terminal};

    Logging() {
        terminal->set_level(spdlog::level::info);
        logger.set_error_handler(show_problem);
    }
};

Logging& logging() {
    static Logging instance;
    return instance;
}

/// What no sink takes does not get past the logger.
void level_as_sinks() {
    spdlog::level::level_enum least = spdlog::level::off;
    for (const spdlog::sink_ptr& sink : logger().sinks()) least = std::min(least, sink->level());
    logger().set_level(least);
}

}  // namespace

spdlog::level::level_enum to_spdlog(Level level) noexcept {
    switch (level) {
        case Level::trace:
            return spdlog::level::trace;
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

spdlog::logger& logger() { return logging().logger; }

TerminalSink& terminal() { return *logging().terminal; }

void set_terminal_level(Level least) {
    terminal().set_level(to_spdlog(least));
    level_as_sinks();
}

void add_sink(spdlog::sink_ptr sink, Level least) {
    sink->set_level(to_spdlog(least));
    logger().sinks().push_back(std::move(sink));
    level_as_sinks();
}

void remove_sink(const spdlog::sink_ptr& sink) {
    std::erase(logger().sinks(), sink);
    level_as_sinks();
}

void remove_all_sinks() {
    logger().sinks() = {logging().terminal};
    level_as_sinks();
}

const Event* current_event() noexcept { return logged_now; }

bool enabled(Level level) noexcept { return logger().should_log(to_spdlog(level)); }

bool shown(Level level) noexcept { return terminal().should_log(to_spdlog(level)); }

void post(const Event& event) {
    const Event* const outer = std::exchange(logged_now, &event);
    logger().log(to_spdlog(event.level), spdlog::string_view_t(event.message.data(), event.message.size()));
    logged_now = outer;
}

void say(Level level, const std::string& text) {
    Event event{.level = level, .message = text};
    event.shown = "pystacks: " + text;
    post(event);
}

void info(const std::string& text) { post({.level = Level::info, .message = text}); }

void debug(const std::string& text) { post({.level = Level::debug, .message = text}); }

void attach(Surface& surface) { terminal().attach(surface); }

void detach(Surface& surface) { terminal().detach(surface); }

}  // namespace pystacks::log
