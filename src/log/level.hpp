#pragma once

#include <string_view>

namespace pystacks::log {

/// How much a message matters, the least first.
enum class Level {
    trace,    ///< every step, also of librpm
    debug,    ///< what is decided and which commands run
    info,     ///< what is done
    warning,  ///< the work continues, but somebody should look
    error,    ///< something failed
};

/// "trace", "debug", "info", "warning", "error": the word in log files.
[[nodiscard]] std::string_view name_of(Level level) noexcept;

/// The level with that name; info for an unknown name.
[[nodiscard]] Level level_of(std::string_view name) noexcept;

}  // namespace pystacks::log
