#include "report/phase.hpp"

#include <exception>
#include <utility>

#include "process/interruption.hpp"

namespace pystacks::report {

Phase::Phase(ProgressSink& progress, std::string lane, std::string name, std::uint64_t total)
    : progress_(progress), exceptions_(std::uncaught_exceptions()) {
    event_.kind = ProgressEvent::Kind::started;
    event_.lane = std::move(lane);
    event_.phase = std::move(name);
    event_.total = total;
    progress_.post(event_);
}

Phase::~Phase() {
    if (ended_ || std::uncaught_exceptions() == exceptions_) return;
    end(process::interruption_requested() ? ProgressEvent::Kind::interrupted : ProgressEvent::Kind::failed);
}

void Phase::advance(std::uint64_t done) {
    event_.kind = ProgressEvent::Kind::advanced;
    event_.done = done;
    progress_.post(event_);
}

void Phase::advance(std::uint64_t done, std::string text, log::Level level) {
    ProgressEvent event = event_;
    event.kind = ProgressEvent::Kind::advanced;
    event.done = done;
    event.text = std::move(text);
    event.level = level;
    progress_.post(event);
}

void Phase::finish() { end(ProgressEvent::Kind::finished); }

void Phase::end(ProgressEvent::Kind how) {
    ended_ = true;
    event_.kind = how;
    event_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    progress_.post(event_);
}

}  // namespace pystacks::report
