#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "report/progress.hpp"

namespace pystacks::report {

/// The middle layer between events and the terminal: which lanes are at work, and the words for it. Not thread-safe.
class Lanes {
public:
    using Clock = std::chrono::steady_clock;

    /// Takes an event in.
    void apply(const ProgressEvent& event, Clock::time_point now);

    /// One line for each lane that is in a phase, in the order in which the lanes first appeared.
    [[nodiscard]] std::vector<std::string> lines(Clock::time_point now) const;

private:
    struct Lane {
        std::string name;
        std::string phase;  // empty: the lane is idle
        Clock::time_point since;
        std::uint64_t done = 0, total = 0;
    };
    Lane& lane(const std::string& name);

    std::vector<Lane> lanes_;
};

/// The line that says for good what @p event was; empty for what is not worth a line (advanced, and started).
[[nodiscard]] std::string lasting_line(const ProgressEvent& event);

/// The line of a log, where every event has one: "debug: make started", "debug: make: 12/345 objects".
[[nodiscard]] std::string log_line(const ProgressEvent& event);

}  // namespace pystacks::report
