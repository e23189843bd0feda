#pragma once

#include <string>

#include "log/event.hpp"
#include "log/level.hpp"

/// What the program says while it works: on the terminal, in a log file, as JSON lines. setup.hpp says where it goes.
/// All of it is thread-safe, does not throw when a log cannot be written, and must not be called in a signal handler.
namespace pystacks::log {

/// Whether anything records this level. Ask before composing an expensive message.
[[nodiscard]] bool enabled(Level level) noexcept;

/// Whether the terminal shows messages of this level.
[[nodiscard]] bool shown(Level level) noexcept;

void post(const Event& event);

/// A sentence in the program's own name: the terminal shows `pystacks: TEXT`.
void say(Level level, const std::string& text);

/// The terminal shows the text as it is.
void info(const std::string& text);

/// Only for `--verbose` and log files.
void debug(const std::string& text);

}  // namespace pystacks::log
