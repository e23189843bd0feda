#include "merge/script_progress.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

#include "base/error.hpp"

namespace pystacks::merge {
namespace {

// More files than any library has; what a script says is bounded all the same.
constexpr std::uint64_t largest_total = 10'000'000;
constexpr std::uint64_t dots_per_event = 20;

}  // namespace

ScriptProgress::ScriptProgress(std::string phase, report::ProgressSink& sink) : sink_(sink) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error(errno, "cannot create", "pipe");
    reader_.reset(ends[0]);
    writer_.reset(ends[1]);
    event_.kind = report::ProgressEvent::Kind::advanced;
    event_.lane = "stack";
    event_.phase = std::move(phase);
    thread_ = std::thread([this] { read_all(); });
}

ScriptProgress::~ScriptProgress() { stop(); }

void ScriptProgress::finish() {
    stop();
    sink_.post(event_);
}

void ScriptProgress::stop() {
    // The thread reads until the last writer is gone: the children are, and this one was ours.
    writer_.reset();
    if (thread_.joinable()) thread_.join();
}

void ScriptProgress::read_all() {
    std::array<char, 4096> buffer{};
    while (true) {
        const auto count = ::read(reader_.get(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        const auto done_before = event_.done;
        std::for_each(buffer.begin(), buffer.begin() + count, [this](char character) { take(character); });
        if (event_.done / dots_per_event != done_before / dots_per_event) sink_.post(event_);
    }
}

void ScriptProgress::take(char character) {
    if (character == '.') {
        ++event_.done;
    } else if (character == '\n') {
        has_total_ = true;
    } else if (character >= '0' && character <= '9' && !has_total_) {
        event_.total = std::min(event_.total * 10 + static_cast<std::uint64_t>(character - '0'), largest_total);
    }
}

}  // namespace pystacks::merge
