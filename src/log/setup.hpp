#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "log/level.hpp"

namespace pystacks::log {

/// What the command line says about messages.
struct Settings {
    Level terminal = Level::info;                  ///< the least that stderr shows
    Level file = Level::debug;                     ///< the least that the log file gets; JSON lines have everything
    std::filesystem::path log_file{}, log_json{};  ///< empty: none
    std::string version{};                         ///< of this program, for the first line of each log
    std::vector<std::string> arguments{};          ///< the command line, for the same
};

/// Opens the logs and records the start. Until it is called, stderr shows messages from Level::info up. Call it while
/// no other thread logs.
/// @throws Error (usage) when a log cannot be written
void start(const Settings& settings);

/// Whether a log goes to a terminal, where live lines would tear it.
[[nodiscard]] bool is_on_a_terminal() noexcept;

/// Notes the end in the logs, and closes them: what is logged after that is shown on stderr alone.
void finish(int exit_code);

}  // namespace pystacks::log
