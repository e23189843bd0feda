#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "report/progress.hpp"

namespace pystacks::report {

/// When the phases of a whole build began and ended, in seconds from its start.
struct Timeline {
    struct Span {
        std::string lane, phase;
        double begin = 0, end = 0;
    };
    std::vector<Span> spans;  ///< as they ended
    double total = 0;
};

/// Writes down a build from its events. Not thread-safe.
class TimelineRecorder {
public:
    using Clock = std::chrono::steady_clock;

    explicit TimelineRecorder(Clock::time_point started) : started_(started) {}
    void apply(const ProgressEvent& event, Clock::time_point now);
    /// Nothing where a phase was skipped, or did not finish: such a build says nothing of the time that a whole one
    /// takes.
    [[nodiscard]] std::optional<Timeline> whole(Clock::time_point now) const;

private:
    [[nodiscard]] double seconds(Clock::time_point now) const;

    Clock::time_point started_;
    std::vector<Timeline::Span> running_;
    Timeline ended_;
    bool whole_ = true;
};

/// How much is left of a build, by an earlier one of the same. Not thread-safe.
///
/// Each lane has a place on the earlier build's timeline: where its phase began then and how long it has lasted now, or
/// where the phase begins that comes next. The lane that is furthest behind says how much is left.
class Estimate {
public:
    using Clock = std::chrono::steady_clock;

    explicit Estimate(Timeline earlier);
    void apply(const ProgressEvent& event, Clock::time_point now);

    struct Left {
        double seconds = 0;
        bool at_least = false;  ///< a phase has taken longer than it did then, so nobody knows how much longer it takes
    };
    [[nodiscard]] Left left(Clock::time_point now) const;

private:
    struct Lane {
        std::string name;
        std::vector<Timeline::Span> spans;       ///< by begin
        std::size_t next = 0;                    ///< the first that has not ended
        std::optional<Clock::time_point> since;  ///< when the phase of `next` began now
    };

    Timeline earlier_;
    std::vector<Lane> lanes_;
};

}  // namespace pystacks::report
