#pragma once

#include <spdlog/logger.h>

#include "log/level.hpp"
#include "log/terminal_sink.hpp"

/// For this folder alone: spdlog's headers are long, and everyone else logs by log.hpp.
namespace pystacks::log {

[[nodiscard]] spdlog::level::level_enum to_spdlog(Level level) noexcept;

/// The one logger; its sinks are added and removed while no other thread logs.
[[nodiscard]] spdlog::logger& logger();
void add_sink(spdlog::sink_ptr sink, Level least);
void remove_sink(const spdlog::sink_ptr& sink);
void remove_all_sinks();  ///< except for terminal()

/// The logger's sink for stderr, which it always has.
[[nodiscard]] TerminalSink& terminal();
void set_terminal_level(Level least);

}  // namespace pystacks::log
