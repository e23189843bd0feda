#include "report/live_lines.hpp"

#include <chrono>
#include <cstdlib>
#include <string_view>
#include <utility>

#include <sys/ioctl.h>
#include <unistd.h>

#include "report/descriptor.hpp"
#include "report/plain_lines.hpp"

namespace pystacks::report {
namespace {

constexpr std::chrono::milliseconds frame_interval{100};

/// Asked anew for each frame, so that a resized terminal needs no signal handler.
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

bool can_redraw(int descriptor) {
    if (::isatty(descriptor) == 0) return false;
    const char* no_color = std::getenv("NO_COLOR");
    if (no_color != nullptr && *no_color != '\0') return false;
    const char* terminal = std::getenv("TERM");
    return terminal != nullptr && *terminal != '\0' && std::string_view(terminal) != "dumb";
}

std::unique_ptr<ProgressSink> make_display(int descriptor) {
    if (can_redraw(descriptor)) return std::make_unique<LiveLines>(descriptor);
    return std::make_unique<PlainLines>(descriptor);
}

LiveLines::LiveLines(int descriptor) : descriptor_(descriptor) {
    thread_ = std::thread([this] { redraw_until_stopped(); });
}

LiveLines::~LiveLines() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    stopped_changed_.notify_all();
    thread_.join();
    write_all(descriptor_, composer_.frame(scrolled_, {}, size_of(descriptor_)));
}

void LiveLines::post(const ProgressEvent& event) {
    const std::lock_guard lock(mutex_);
    for (std::string& line : lanes_.apply(event, Lanes::Clock::now())) scrolled_.push_back(std::move(line));
}

void LiveLines::redraw_until_stopped() {
    std::unique_lock lock(mutex_);
    while (!stopped_changed_.wait_for(lock, frame_interval, [this] { return stopped_; })) draw();
}

void LiveLines::draw() {
    const TerminalSize size = size_of(descriptor_);
    const std::vector<std::string> live = lanes_.lines(Lanes::Clock::now());
    if (scrolled_.empty() && live == drawn_ && size.columns == drawn_size_.columns) return;
    write_all(descriptor_, composer_.frame(scrolled_, live, size));
    scrolled_.clear();
    drawn_ = live;
    drawn_size_ = size;
}

}  // namespace pystacks::report
