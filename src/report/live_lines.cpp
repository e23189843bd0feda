#include "report/live_lines.hpp"

#include <chrono>
#include <utility>

#include <sys/ioctl.h>

#include "base/text.hpp"
#include "log/descriptor.hpp"

namespace pystacks::report {
namespace {

constexpr std::chrono::milliseconds frame_interval{100};

/// Asked again for each frame, so that a resized terminal needs no signal handler.
TerminalSize size_of(int descriptor) {
    winsize answer{};
    TerminalSize size;
    if (::ioctl(descriptor, TIOCGWINSZ, &answer) == 0) {
        if (answer.ws_col > 0) size.columns = answer.ws_col;
        if (answer.ws_row > 0) size.rows = answer.ws_row;
    }
    return size;
}

}  // namespace

LiveLines::LiveLines(int descriptor) : descriptor_(descriptor) {
    thread_ = std::thread([this] { redraw_until_stopped(); });
    log::attach(*this);
}

LiveLines::~LiveLines() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    stopped_changed_.notify_all();
    thread_.join();
    {
        const std::lock_guard lock(mutex_);
        log::write_all(descriptor_, composer_.frame(scrolled_, {}, size_of(descriptor_)));
        ended_ = true;
    }
    log::detach(*this);
}

void LiveLines::update(const ProgressEvent& event) {
    const std::lock_guard lock(mutex_);
    lanes_.apply(event, Lanes::Clock::now());
}

void LiveLines::begin_total(const std::optional<Timeline>& earlier) {
    const std::lock_guard lock(mutex_);
    lanes_.begin_total(earlier, Lanes::Clock::now());
}

void LiveLines::print(std::string_view lines) {
    const std::lock_guard lock(mutex_);
    if (ended_) {  // no frame will come that could take them along
        log::write_all(descriptor_, lines);
        return;
    }
    if (lines.ends_with('\n')) lines.remove_suffix(1);
    for (std::string& line : split(lines, '\n')) scrolled_.push_back(std::move(line));
}

void LiveLines::redraw_until_stopped() {
    std::unique_lock lock(mutex_);
    while (!stopped_changed_.wait_for(lock, frame_interval, [this] { return stopped_; })) draw();
}

void LiveLines::draw() {
    const TerminalSize size = size_of(descriptor_);
    const std::vector<std::string> live = lanes_.lines(Lanes::Clock::now());
    if (scrolled_.empty() && live == drawn_ && size.columns == drawn_size_.columns) return;
    log::write_all(descriptor_, composer_.frame(scrolled_, live, size));
    scrolled_.clear();
    drawn_ = live;
    drawn_size_ = size;
}

}  // namespace pystacks::report
