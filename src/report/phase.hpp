#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "report/progress.hpp"

namespace pystacks::report {

/// A phase of a lane as displays know them: started by the constructor, then advanced, then finished with its seconds.
/// One that an exception leaves is interrupted where an interruption was requested, else it has failed.
class Phase {
public:
    /// @param total units of the phase; 0 when unknown
    Phase(ProgressSink& progress, std::string lane, std::string name, std::uint64_t total = 0);
    Phase(const Phase&) = delete;
    Phase& operator=(const Phase&) = delete;
    ~Phase();
    void advance(std::uint64_t done);
    /// @param text what has been done, for a line of its own; above live lines when @p level is a warning
    void advance(std::uint64_t done, std::string text, log::Level level);
    void finish();

private:
    void end(ProgressEvent::Kind how);

    ProgressSink& progress_;
    ProgressEvent event_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    int exceptions_;  ///< that were on their way when it began
    bool ended_ = false;
};

}  // namespace pystacks::report
