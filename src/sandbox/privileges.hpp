#pragma once

namespace pystacks::sandbox {

/// Gives up what installing packages does not need: capabilities, and whatever executing a file could add.
/// Async-signal-safe. @returns errno, 0 when it is done
[[nodiscard]] int drop_privileges() noexcept;

/// Limits that a program in a sandbox cannot raise again: core dumps, which would start the machine's own program for
/// them; processes; POSIX message queues. @returns errno, 0 when it is done
[[nodiscard]] int set_limits() noexcept;

}  // namespace pystacks::sandbox
