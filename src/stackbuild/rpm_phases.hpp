#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "report/progress.hpp"

namespace pystacks::stackbuild {

/// Passes the stages' events on, and adds what rpm itself does after them, which reports nothing: after the check stage
/// it writes packages.
class RpmPhases final : public report::ProgressSink {
public:
    explicit RpmPhases(report::ProgressSink& next) : next_(next) {}
    void post(const report::ProgressEvent& event) override;
    /// rpm has ended well: what it was doing is finished.
    void finish();
    /// rpm was stopped, or has failed: what it was doing has not finished.
    void leave(report::ProgressEvent::Kind how);

private:
    void start(const char* phase);
    void end_locked(report::ProgressEvent::Kind how);

    report::ProgressSink& next_;
    std::mutex mutex_;
    std::string phase_;  ///< rpm's own, while it lasts
    std::chrono::steady_clock::time_point started_;
};

}  // namespace pystacks::stackbuild
