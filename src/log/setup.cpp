#include "log/setup.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <system_error>

#include <unistd.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "log/destination.hpp"
#include "log/file_sink.hpp"
#include "log/json_sink.hpp"
#include "log/log.hpp"
#include "log/logger.hpp"

namespace pystacks::log {
namespace {

constexpr std::uint64_t format = 1;  // of the JSON lines; pystacks(1) describes them

std::chrono::steady_clock::time_point started;
bool on_a_terminal = false;

UniqueFd open_log(const fs::path& path, std::string_view option) {
    UniqueFd file = open_destination(path, option);
    on_a_terminal = on_a_terminal || ::isatty(file.get()) == 1;
    return file;
}

/// The first of a run; several runs may append to one file.
Event start_event(const Settings& settings) {
    Event event{.level = Level::info, .message = shell_join(settings.arguments), .shown = "", .kind = "start"};
    std::error_code unknown;
    event.details = {{"format", format},
                     {"version", settings.version},
                     {"arguments", settings.arguments},
                     {"directory", fs::current_path(unknown).string()},
                     {"pid", static_cast<std::uint64_t>(::getpid())}};
    return event;
}

void refuse_one_file_for_both(const Settings& settings) {
    std::error_code absent;
    if (settings.log_file.empty() || settings.log_json.empty()) return;
    if (fs::absolute(settings.log_file).lexically_normal() != fs::absolute(settings.log_json).lexically_normal() &&
        !fs::equivalent(settings.log_file, settings.log_json, absent)) {
        return;
    }
    if (fs::is_character_file(settings.log_file, absent)) return;  // a terminal, /dev/null
    throw Error(ErrorKind::usage, "cannot write the log of --log-json", settings.log_json.string(),
                "--log-file is the same file", "Give each a file of its own.");
}

}  // namespace

void start(const Settings& settings) {
    started = std::chrono::steady_clock::now();
    set_terminal_level(settings.terminal);
    refuse_one_file_for_both(settings);
    if (!settings.log_file.empty()) {
        add_sink(std::make_shared<FileSink>(open_log(settings.log_file, "--log-file"), settings.log_file),
                 settings.file);
    }
    if (!settings.log_json.empty()) {
        add_sink(std::make_shared<JsonSink>(open_log(settings.log_json, "--log-json"), settings.log_json),
                 Level::trace);
    }
    post(start_event(settings));
}

bool is_on_a_terminal() noexcept { return on_a_terminal; }

void finish(int exit_code) {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    Event event{.level = Level::info,
                .message = "ended with exit code " + std::to_string(exit_code),
                .shown = "",
                .kind = "end"};
    event.details = {{"exit_code", static_cast<std::uint64_t>(exit_code)}, {"seconds", seconds}};
    post(event);
    remove_all_sinks();
}

}  // namespace pystacks::log
