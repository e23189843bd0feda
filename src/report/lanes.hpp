#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "report/progress.hpp"
#include "report/timeline.hpp"

namespace pystacks::report {

/// The middle layer between events and the terminal: which lanes are at work, and the words for it. Not thread-safe.
class Lanes {
public:
    using Clock = std::chrono::steady_clock;

    /// Takes an event in.
    void apply(const ProgressEvent& event, Clock::time_point now);

    /// Adds a line for the total. @param earlier the same work before, for how much is left
    void begin_total(const std::optional<Timeline>& earlier, Clock::time_point now);

    /// One line for each lane that is in a phase, in the order in which the lanes first appeared; then the total, if
    /// there is any.
    [[nodiscard]] std::vector<std::string> lines(Clock::time_point now) const;

private:
    struct Lane {
        std::string name;
        std::string phase;  // empty: the lane is idle
        Clock::time_point since;
        std::uint64_t done = 0, total = 0;
    };
    Lane& lane(const std::string& name);
    [[nodiscard]] std::string total_line(Clock::time_point now, int name_width) const;

    std::vector<Lane> lanes_;
    std::optional<Clock::time_point> total_since_;
    std::optional<Estimate> estimate_;
};

/// The line that says for good what @p event was; empty for what is not worth a line (advanced, and started).
[[nodiscard]] std::string lasting_line(const ProgressEvent& event);

/// The line of a log, where every event has one: "debug: make started", "debug: make: 12/345 objects".
[[nodiscard]] std::string log_line(const ProgressEvent& event);

}  // namespace pystacks::report
