#include "build/context.hpp"

#include <chrono>

#include "base/error.hpp"

namespace pystacks::build {

using report::ProgressEvent;

namespace {

using Clock = std::chrono::steady_clock;

void post(report::ProgressSink& progress, ProgressEvent::Kind kind, const std::string& lane, const std::string& phase,
          const std::filesystem::path& log, Clock::time_point start, const std::string& text = {},
          const std::string& reason = {}) {
    ProgressEvent event;
    event.kind = kind;
    event.lane = lane;
    event.phase = phase;
    event.log = log.string();
    event.text = text;
    event.reason = reason;
    if (kind != ProgressEvent::Kind::started) {
        event.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    }
    progress.post(event);
}

/// An exception is posted, and thrown on.
void report_failure(report::ProgressSink& progress, const std::string& lane, const std::string& phase,
                    const std::filesystem::path& log, const std::function<void()>& work) {
    const auto start = Clock::now();
    try {
        work();
    } catch (const Error& error) {
        const bool interrupted = error.kind() == ErrorKind::interrupted;
        post(progress, interrupted ? ProgressEvent::Kind::interrupted : ProgressEvent::Kind::failed, lane, phase, log,
             start, interrupted ? "interrupted" : error.attempted(), error.what() + ("\n" + error.hint()));
        throw;
    } catch (const std::exception& error) {
        post(progress, ProgressEvent::Kind::failed, lane, phase, log, start, error.what());
        throw;
    }
}

}  // namespace

void run_phase(report::ProgressSink& progress, const std::string& lane, const std::string& phase,
               const std::filesystem::path& log, const std::function<void()>& work) {
    const auto start = Clock::now();
    post(progress, ProgressEvent::Kind::started, lane, phase, log, start);
    report_failure(progress, lane, phase, log, work);
    post(progress, ProgressEvent::Kind::finished, lane, phase, log, start);
}

void post_skipped(report::ProgressSink& progress, const std::string& lane, const std::string& phase) {
    ProgressEvent event;
    event.kind = ProgressEvent::Kind::skipped;
    event.lane = lane;
    event.phase = phase;
    progress.post(event);
}

}  // namespace pystacks::build
