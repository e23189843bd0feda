#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "log/level.hpp"

namespace pystacks::report {

struct Timeline;

/// One thing that happened in a stage. Stages send them, the terminal draws them; neither knows the other.
struct ProgressEvent {
    enum class Kind { started, advanced, finished, failed, interrupted, skipped, message };
    Kind kind = Kind::message;
    std::string lane;   ///< what has a line of its own: a configuration ("debug"), or "stack" for the common stages
    std::string phase;  ///< "prep", "configure", "make", "install", "merge", "bytecode", "package" …
    std::uint64_t done = 0;               ///< units finished (objects compiled, files copied)
    std::uint64_t total = 0;              ///< of how many; 0 when unknown
    double seconds = 0;                   ///< of the phase, in what ends it
    std::string text;                     ///< for message and failed; of advanced: what has been done, worth a line
    std::string log;                      ///< path of the phase's log, when it has one
    std::string reason;                   ///< of failed: all that is known, in several lines; text has the first words
    log::Level level = log::Level::info;  ///< of message, and of an advance with a text
};

[[nodiscard]] std::string_view name_of(ProgressEvent::Kind kind) noexcept;  ///< "started", "advanced" …

[[nodiscard]] std::string to_json_line(const ProgressEvent& event);   ///< without newline
[[nodiscard]] ProgressEvent from_json_line(const std::string& line);  ///< @throws Error

/// Where events go. Thread-safe.
class ProgressSink {
public:
    virtual ~ProgressSink() = default;
    virtual void post(const ProgressEvent& event) = 0;
    /// Work begins now of which the total is worth a line. @param earlier how long the same took before, if it did
    virtual void begin_total(const std::optional<Timeline>& earlier);
};

/// A message. @param lane empty where it belongs to none
void post_message(ProgressSink& progress, const std::string& lane, const std::string& text);

/// A warning, which `--quiet` shows too: "warning: " is put before the text.
void post_warning(ProgressSink& progress, const std::string& lane, const std::string& text);

}  // namespace pystacks::report
