#include "stackbuild/rpm_phases.hpp"

namespace pystacks::stackbuild {
namespace {

using report::ProgressEvent;
using Clock = std::chrono::steady_clock;

constexpr const char* common_lane = "stack";

bool is(const ProgressEvent& event, ProgressEvent::Kind kind, const char* phase) {
    return event.kind == kind && event.lane == common_lane && event.phase == phase;
}

}  // namespace

void RpmPhases::post(const ProgressEvent& event) {
    const std::lock_guard lock(mutex_);
    const bool stage_speaks = event.lane == common_lane && event.kind != ProgressEvent::Kind::message;
    const bool ends_badly = event.kind == ProgressEvent::Kind::failed || event.kind == ProgressEvent::Kind::interrupted;
    if (stage_speaks && ends_badly) phase_.clear();
    if (stage_speaks) end_locked(ProgressEvent::Kind::finished);
    next_.post(event);
    if (is(event, ProgressEvent::Kind::finished, "check") || is(event, ProgressEvent::Kind::skipped, "check")) {
        start("write packages");
    }
}

void RpmPhases::finish() {
    const std::lock_guard lock(mutex_);
    end_locked(ProgressEvent::Kind::finished);
}

void RpmPhases::leave(ProgressEvent::Kind how) {
    const std::lock_guard lock(mutex_);
    end_locked(how);
}

void RpmPhases::start(const char* phase) {
    phase_ = phase;
    started_ = Clock::now();
    ProgressEvent event;
    event.kind = ProgressEvent::Kind::started;
    event.lane = common_lane;
    event.phase = phase_;
    next_.post(event);
}

void RpmPhases::end_locked(ProgressEvent::Kind how) {
    if (phase_.empty()) return;
    ProgressEvent event;
    event.kind = how;
    event.lane = common_lane;
    event.phase = phase_;
    event.seconds = std::chrono::duration<double>(Clock::now() - started_).count();
    phase_.clear();
    next_.post(event);
}

}  // namespace pystacks::stackbuild
