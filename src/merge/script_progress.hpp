#pragma once

#include <cstdint>
#include <string>
#include <thread>

#include "base/file.hpp"
#include "report/progress.hpp"

namespace pystacks::merge {

/// Reads from a pipe what a script says about its progress, and posts it (lane "stack"): first a line with how many
/// files there are to do, then a dot for each that is done, from whichever of its processes did it. What starts and
/// ends the phase is not posted here.
class ScriptProgress {
public:
    ScriptProgress(std::string phase, report::ProgressSink& sink);
    ScriptProgress(const ScriptProgress&) = delete;
    ScriptProgress& operator=(const ScriptProgress&) = delete;
    ~ScriptProgress();

    /// The end that the script writes to; the child must inherit it.
    [[nodiscard]] int descriptor() const noexcept { return writer_.get(); }

    /// Call when the script has ended: posts how far it came.
    void finish();

private:
    void read_all();
    void take(char character);
    void stop();

    report::ProgressSink& sink_;
    report::ProgressEvent event_;  // of the reading thread until stop()
    bool has_total_ = false;
    UniqueFd reader_, writer_;
    std::thread thread_;
};

}  // namespace pystacks::merge
