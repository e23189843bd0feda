#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "log/surface.hpp"
#include "report/frame.hpp"
#include "report/lanes.hpp"
#include "report/progress.hpp"

namespace pystacks::report {

/// One line per lane at the bottom of the terminal, redrawn at most ten times a second; what has ended scrolls above,
/// and so do the messages of log/log.hpp while it lives. Each frame, with the lines above it, is one write(2). The
/// destructor takes the live lines away, also while an exception unwinds.
class LiveLines final : public log::Surface {
public:
    /// @param descriptor a terminal; not owned
    explicit LiveLines(int descriptor);
    LiveLines(const LiveLines&) = delete;
    LiveLines& operator=(const LiveLines&) = delete;
    ~LiveLines() override;
    /// Takes an event in. What it leaves behind for good comes by print().
    void update(const ProgressEvent& event);
    /// From now on a last line has the time since then, and what is left by an earlier build.
    void begin_total(const std::optional<Timeline>& earlier);
    /// Shown with the next frame.
    void print(std::string_view lines) override;

private:
    void redraw_until_stopped();
    void draw();

    int descriptor_;
    std::mutex mutex_;
    std::condition_variable stopped_changed_;
    bool stopped_ = false;  // draw no more frames, except the last
    bool ended_ = false;    // the last frame is written
    Lanes lanes_;
    std::vector<std::string> scrolled_;  // not yet drawn
    std::vector<std::string> drawn_;     // the live lines on the screen, and its size: an equal frame is not written
    TerminalSize drawn_size_;
    FrameComposer composer_;
    std::thread thread_;
};

}  // namespace pystacks::report
