#include "build/context.hpp"

#include <chrono>

#include "base/error.hpp"

namespace pystacks::build {

using report::ProgressEvent;

void run_phase(report::ProgressSink& progress, const std::string& lane, const std::string& phase,
               const std::filesystem::path& log, const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    ProgressEvent event;
    event.kind = ProgressEvent::Kind::started;
    event.lane = lane;
    event.phase = phase;
    event.log = log.string();
    progress.post(event);
    const auto end = [&](ProgressEvent::Kind kind, const std::string& text) {
        event.kind = kind;
        event.text = text;
        event.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        progress.post(event);
    };
    try {
        work();
    } catch (const Error& error) {
        end(ProgressEvent::Kind::failed, error.kind() == ErrorKind::interrupted ? "interrupted" : error.attempted());
        throw;
    } catch (const std::exception& error) {
        end(ProgressEvent::Kind::failed, error.what());
        throw;
    }
    end(ProgressEvent::Kind::finished, {});
}

void post_skipped(report::ProgressSink& progress, const std::string& lane, const std::string& phase) {
    ProgressEvent event;
    event.kind = ProgressEvent::Kind::skipped;
    event.lane = lane;
    event.phase = phase;
    progress.post(event);
}

void post_message(report::ProgressSink& progress, const std::string& lane, const std::string& text) {
    ProgressEvent event;
    event.lane = lane;
    event.text = text;
    progress.post(event);
}

}  // namespace pystacks::build
