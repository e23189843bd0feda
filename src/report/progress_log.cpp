#include "report/progress_log.hpp"

#include <string>
#include <utility>

#include <unistd.h>

#include "base/text.hpp"
#include "log/log.hpp"
#include "log/setup.hpp"
#include "log/terminal.hpp"
#include "report/lanes.hpp"
#include "report/timeline.hpp"

namespace pystacks::report {
namespace {

using Kind = ProgressEvent::Kind;

log::Level level_of(const ProgressEvent& event) {
    switch (event.kind) {
        case Kind::message:
            return event.level;
        case Kind::failed:
            return log::Level::error;
        case Kind::advanced:
            return event.text.empty() ? log::Level::trace : log::Level::info;
        default:
            return log::Level::info;
    }
}

}  // namespace

log::Event to_log_event(const ProgressEvent& event) {
    log::Event result;
    result.level = level_of(event);
    result.kind = name_of(event.kind);
    result.message = log_line(event);
    if (event.kind == Kind::advanced && event.text.empty()) result.shown = "";  // the live lines show it
    for (const auto& [key, text] : {std::pair{"lane", &event.lane},
                                    {"phase", &event.phase},
                                    {"text", &event.text},
                                    {"log", &event.log},
                                    {"reason", &event.reason}}) {
        if (!text->empty()) result.details.emplace_back(key, *text);
    }
    const bool counts = event.done != 0 || event.total != 0;
    if (counts) result.details.emplace_back("done", event.done);
    if (event.total != 0) result.details.emplace_back("total", event.total);
    if (event.kind == Kind::finished || event.kind == Kind::failed || event.kind == Kind::interrupted) {
        result.details.emplace_back("seconds", event.seconds);
    }
    return result;
}

void ProgressLog::post(const ProgressEvent& event) {
    log::Event logged = to_log_event(event);
    if (live_) {
        live_->update(event);
        const bool counted = event.kind == Kind::advanced && event.level == log::Level::info;
        if (event.kind == Kind::started || counted) logged.shown = "";  // it has a live line now
    }
    log::post(logged);
}

void ProgressLog::begin_total(const std::optional<Timeline>& earlier) {
    if (live_) live_->begin_total(earlier);
    if (!earlier) return;
    log::Event said{.message = "the last complete build took " + human_duration(earlier->total), .kind = "estimate"};
    said.details.emplace_back("seconds", earlier->total);
    log::post(said);
}

std::unique_ptr<ProgressSink> make_display() {
    const bool live = log::can_redraw(STDERR_FILENO) && log::shown(log::Level::info) && !log::is_on_a_terminal();
    return std::make_unique<ProgressLog>(live ? std::make_unique<LiveLines>(STDERR_FILENO) : nullptr);
}

}  // namespace pystacks::report
