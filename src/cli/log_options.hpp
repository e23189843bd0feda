#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "log/setup.hpp"

namespace CLI {
class App;
}

namespace pystacks::cli {

/// What every command takes: how much is said, and which logs are kept.
struct LogOptions {
    std::int64_t verbose = 0;  ///< how often -v was given
    bool quiet = false;
    std::filesystem::path log_file, log_json;
};

/// Adds the options to @p app and to every command that is not hidden, so that they work before and after a command's
/// name. Call it after all commands have been added.
/// @param words as for Arguments
void add_log_options(CLI::App& app, LogOptions& options, const std::vector<std::string>* words);

/// @throws Error (usage) when the options contradict each other
[[nodiscard]] log::Settings log_settings(const LogOptions& options, int argc, const char* const* argv);

}  // namespace pystacks::cli
