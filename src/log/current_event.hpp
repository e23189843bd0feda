#pragma once

#include "log/event.hpp"

namespace pystacks::log {

/// The event that this thread is logging: spdlog's own message has no room for its details. Null for a message that
/// came to spdlog in another way. Sinks may call it from sink_it_(), which runs on the thread that logs.
[[nodiscard]] const Event* current_event() noexcept;

}  // namespace pystacks::log
