#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "log/level.hpp"

namespace pystacks::log {

/// One thing to log: a sentence for people and, for machines, the facts in it.
struct Event {
    using Value = std::variant<std::string, std::vector<std::string>, std::uint64_t, double>;

    Level level = Level::info;
    std::string message;  ///< what log files have; may have several lines, and bytes that are not UTF-8
    /// What the terminal shows instead: with the program's name before it, for example. Empty: nothing at all.
    std::optional<std::string> shown{};
    std::string kind = "message";                          ///< the JSON line's "event"
    std::vector<std::pair<std::string, Value>> details{};  ///< more keys of the JSON line
};

}  // namespace pystacks::log
