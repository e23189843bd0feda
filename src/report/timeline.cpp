#include "report/timeline.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace pystacks::report {
namespace {

using Kind = ProgressEvent::Kind;
using Span = Timeline::Span;

double seconds_between(Estimate::Clock::time_point begin, Estimate::Clock::time_point end) {
    return std::chrono::duration<double>(end - begin).count();
}

}  // namespace

double TimelineRecorder::seconds(Clock::time_point now) const { return seconds_between(started_, now); }

void TimelineRecorder::apply(const ProgressEvent& event, Clock::time_point now) {
    if (event.kind == Kind::message || event.kind == Kind::advanced) return;
    if (event.kind == Kind::started) {
        running_.push_back({event.lane, event.phase, seconds(now), 0});
        return;
    }
    if (event.kind != Kind::finished) whole_ = false;
    const auto span = std::find_if(running_.begin(), running_.end(), [&](const Span& each) {
        return each.lane == event.lane && each.phase == event.phase;
    });
    if (span == running_.end()) return;
    span->end = seconds(now);
    ended_.spans.push_back(std::move(*span));
    running_.erase(span);
}

std::optional<Timeline> TimelineRecorder::whole(Clock::time_point now) const {
    if (!whole_ || !running_.empty() || ended_.spans.empty()) return std::nullopt;
    Timeline result = ended_;
    result.total = seconds(now);
    return result;
}

Estimate::Estimate(Timeline earlier) : earlier_(std::move(earlier)) {
    for (const Span& span : earlier_.spans) {
        auto lane =
            std::find_if(lanes_.begin(), lanes_.end(), [&](const Lane& each) { return each.name == span.lane; });
        if (lane == lanes_.end()) {
            lanes_.push_back({span.lane, {}, 0, std::nullopt});
            lane = lanes_.end() - 1;
        }
        lane->spans.push_back(span);
    }
    for (Lane& lane : lanes_) {
        std::stable_sort(lane.spans.begin(), lane.spans.end(),
                         [](const Span& a, const Span& b) { return a.begin < b.begin; });
    }
}

void Estimate::apply(const ProgressEvent& event, Clock::time_point now) {
    if (event.kind == Kind::message || event.kind == Kind::advanced) return;
    const auto lane =
        std::find_if(lanes_.begin(), lanes_.end(), [&](const Lane& each) { return each.name == event.lane; });
    if (lane == lanes_.end()) return;
    // A phase that did not come this time is over once a later one comes.
    const auto span = std::find_if(lane->spans.begin() + static_cast<std::ptrdiff_t>(lane->next), lane->spans.end(),
                                   [&](const Span& each) { return each.phase == event.phase; });
    if (span == lane->spans.end()) return;
    const auto number = static_cast<std::size_t>(span - lane->spans.begin());
    const bool begins = event.kind == Kind::started;
    lane->next = begins ? number : number + 1;
    lane->since = begins ? std::optional(now) : std::nullopt;
}

Estimate::Left Estimate::left(Clock::time_point now) const {
    Left result;
    for (const Lane& lane : lanes_) {
        if (lane.next == lane.spans.size()) continue;
        const Span& span = lane.spans[lane.next];
        const double lasted = lane.since ? seconds_between(*lane.since, now) : 0;
        const double place = std::min(span.begin + lasted, span.end);
        const double left = earlier_.total - place;
        if (left <= result.seconds) continue;
        result = {left, span.begin + lasted > span.end};
    }
    return result;
}

}  // namespace pystacks::report
