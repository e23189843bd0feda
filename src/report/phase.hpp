#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "report/progress.hpp"

namespace pystacks::report {

/// A phase of a lane as displays know them: started by the constructor, then advanced, then finished with its seconds.
/// One that is left without finish(), as an exception does, has not finished.
class Phase {
public:
    /// @param total units of the phase; 0 when unknown
    Phase(ProgressSink& progress, std::string lane, std::string name, std::uint64_t total = 0);
    void advance(std::uint64_t done);
    /// @param text what has been done, for a line of its own; above live lines when @p level is a warning
    void advance(std::uint64_t done, std::string text, log::Level level);
    void finish();

private:
    ProgressSink& progress_;
    ProgressEvent event_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace pystacks::report
