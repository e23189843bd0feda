#include "log/terminal_sink.hpp"

#include <string>
#include <string_view>

#include "base/characters.hpp"
#include "log/current_event.hpp"
#include "log/descriptor.hpp"
#include "log/terminal.hpp"

namespace pystacks::log {
namespace {

std::string_view prefix_of(spdlog::level::level_enum level) {
    if (level == spdlog::level::trace) return "T: ";
    return level == spdlog::level::debug ? "D: " : "";
}

std::string_view colour_of(spdlog::level::level_enum level) {
    if (level == spdlog::level::warn) return "\x1b[33m";
    return level >= spdlog::level::err ? "\x1b[31m" : "";
}

/// The first line says it; what follows (the end of another program's log, say) is easier to read in the usual colour.
std::string with_colour(std::string_view text, std::string_view colour) {
    if (colour.empty()) return std::string(text);
    const std::string_view first = text.substr(0, text.find('\n'));
    return std::string(colour) + std::string(first) + "\x1b[m" + std::string(text.substr(first.size()));
}

}  // namespace

TerminalSink::TerminalSink(int descriptor) : descriptor_(descriptor), coloured_(shows_colours(descriptor)) {}

void TerminalSink::attach(Surface& surface) {
    const std::lock_guard lock(mutex_);
    surface_ = &surface;
}

void TerminalSink::detach(Surface& surface) {
    const std::lock_guard lock(mutex_);
    if (surface_ == &surface) surface_ = nullptr;
}

void TerminalSink::sink_it_(const spdlog::details::log_msg& message) {
    const Event* event = current_event();
    std::string_view text(message.payload.data(), message.payload.size());
    if (event != nullptr && event->shown) text = *event->shown;
    while (text.ends_with('\n')) text.remove_suffix(1);
    if (text.empty()) return;
    // librpm and whatever runs may say anything.
    std::string lines = std::string(prefix_of(message.level)) + lines_without_control_characters(text);
    lines = with_colour(lines, coloured_ ? colour_of(message.level) : "") + "\n";
    if (surface_ != nullptr) {
        surface_->print(lines);
    } else {
        write_all(descriptor_, lines);  // a terminal that is gone is no reason to stop
    }
}

}  // namespace pystacks::log
