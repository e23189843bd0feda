#pragma once

#include <memory>

#include "log/event.hpp"
#include "report/live_lines.hpp"
#include "report/progress.hpp"

namespace pystacks::report {

/// What the user sees of events on stderr: live lines where it is a terminal that can redraw, else plain lines; without
/// progress where the terminal shows nothing but warnings (--quiet). The log files get all events.
[[nodiscard]] std::unique_ptr<ProgressSink> make_display();

/// Logs events: what ended as information, failures as errors, messages by their own level, steps as traces.
class ProgressLog final : public ProgressSink {
public:
    /// @param live draws the lanes; may be null
    explicit ProgressLog(std::unique_ptr<LiveLines> live) : live_(std::move(live)) {}
    void post(const ProgressEvent& event) override;
    void begin_total(const std::optional<Timeline>& earlier) override;

private:
    std::unique_ptr<LiveLines> live_;
};

/// The event in the log's words, and with its numbers as details.
[[nodiscard]] log::Event to_log_event(const ProgressEvent& event);

}  // namespace pystacks::report
