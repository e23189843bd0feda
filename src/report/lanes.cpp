#include "report/lanes.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "base/characters.hpp"
#include "base/text.hpp"
#include "report/display_width.hpp"

namespace pystacks::report {
namespace {

constexpr std::string_view total_name = "total";

/// What a phase counts. Units are for people, so an unknown phase simply shows numbers.
std::string_view unit_of(std::string_view phase) {
    if (phase == "make") return " objects";
    if (phase == "install" || phase == "merge" || phase == "bytecode") return " files";
    return "";
}

std::string count(std::string_view phase, std::uint64_t done, std::uint64_t total) {
    if (done == 0 && total == 0) return {};
    if (phase == "fetch" || phase == "prep") {  // bytes of files that come, or are unpacked
        return total == 0 ? human_size(done) : fmt::format("{} of {}", human_size(done), human_size(total));
    }
    if (total == 0) return fmt::format("{}{}", done, unit_of(phase));
    return fmt::format("{}/{}{}", done, total, unit_of(phase));
}

std::string prefix(const ProgressEvent& event) { return event.lane.empty() ? std::string() : event.lane + ": "; }

std::string padded(const std::string& text, int width) {
    return text + std::string(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
}

}  // namespace

std::string lasting_line(const ProgressEvent& event) {
    switch (event.kind) {
        case ProgressEvent::Kind::started:
        case ProgressEvent::Kind::advanced:
            return {};
        case ProgressEvent::Kind::finished:
            return fmt::format("{}{} finished in {}", prefix(event), event.phase, human_duration(event.seconds));
        case ProgressEvent::Kind::failed:
            return fmt::format("{}{} failed after {}{}{}", prefix(event), event.phase, human_duration(event.seconds),
                               event.text.empty() ? "" : ": ", event.text);
        case ProgressEvent::Kind::interrupted:
            return fmt::format("{}{} interrupted after {}", prefix(event), event.phase, human_duration(event.seconds));
        case ProgressEvent::Kind::skipped:
            return fmt::format("{}{} (skipped: {})", prefix(event), event.phase,
                               event.text.empty() ? "up to date" : event.text);
        case ProgressEvent::Kind::message:
            return prefix(event) + event.text;
    }
    return {};
}

std::string log_line(const ProgressEvent& event) {
    if (event.kind == ProgressEvent::Kind::started) return fmt::format("{}{} started", prefix(event), event.phase);
    if (event.kind != ProgressEvent::Kind::advanced) return lasting_line(event);
    if (!event.text.empty()) {
        const std::string total = std::to_string(event.total);
        return fmt::format("[{:>{}}/{}] {}", event.done, total.size(), total, event.text);
    }
    return fmt::format("{}{}: {}", prefix(event), event.phase, count(event.phase, event.done, event.total));
}

Lanes::Lane& Lanes::lane(const std::string& name) {
    for (Lane& known : lanes_) {
        if (known.name == name) return known;
    }
    lanes_.push_back({.name = name, .phase = {}, .since = {}});
    return lanes_.back();
}

void Lanes::begin_total(const std::optional<Timeline>& earlier, Clock::time_point now) {
    total_since_ = now;
    estimate_.reset();
    if (earlier) estimate_.emplace(*earlier);
}

void Lanes::apply(const ProgressEvent& event, Clock::time_point now) {
    using Kind = ProgressEvent::Kind;
    if (estimate_) estimate_->apply(event, now);
    if (event.kind == Kind::started) {
        Lane& current = lane(event.lane);
        current = {.name = event.lane, .phase = event.phase, .since = now, .done = event.done, .total = event.total};
    } else if (event.kind == Kind::advanced) {
        Lane& current = lane(event.lane);
        // A phase may be known by its first advance only.
        if (current.phase != event.phase) current.since = now;
        current.phase = event.phase;
        current.done = event.done;
        current.total = event.total;
    } else if (event.kind != Kind::message) {
        Lane& current = lane(event.lane);
        if (current.phase == event.phase) current.phase.clear();
    }
}

std::string Lanes::total_line(Clock::time_point now, int name_width) const {
    const double seconds = std::chrono::duration<double>(now - *total_since_).count();
    std::string line = fmt::format("{}  {}  {:>11}", padded(std::string(total_name), name_width), padded("", 9),
                                   human_duration(seconds));
    if (!estimate_) return line;
    const Estimate::Left left = estimate_->left(now);
    return fmt::format("{}   {} {} left", line, left.at_least ? "more than" : "about", human_duration(left.seconds));
}

std::vector<std::string> Lanes::lines(Clock::time_point now) const {
    int name_width = total_since_ ? display_width(total_name) : 0;
    for (const Lane& lane : lanes_) name_width = std::max(name_width, display_width(lane.name));
    std::vector<std::string> result;
    for (const Lane& lane : lanes_) {
        if (lane.phase.empty()) continue;
        const double seconds = std::chrono::duration<double>(now - lane.since).count();
        std::string line = fmt::format("{}  {}  {:>11}   {}", padded(lane.name, name_width), padded(lane.phase, 9),
                                       human_duration(seconds), count(lane.phase, lane.done, lane.total));
        line.erase(line.find_last_not_of(' ') + 1);
        result.push_back(without_control_characters(line));
    }
    if (total_since_ && !result.empty()) result.push_back(total_line(now, name_width));
    return result;
}

}  // namespace pystacks::report
