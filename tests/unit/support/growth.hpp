#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

/// What a piece of work costs, for tests of how the cost grows with the input. No clock is asked.
namespace growth {

/// Bytes that the work allocates on this thread, those that it frees again included.
[[nodiscard]] std::uint64_t allocated_bytes(const std::function<void()>& work);

/// How many times as much the work allocates for twice the input.
[[nodiscard]] double when_doubled(const std::function<void(std::size_t)>& work, std::size_t size);

/// What an allowed one is below: n log n, and some room.
constexpr double allowed = 2.5;

/// Whether the work ends in a process that may use @p processor_seconds. For what allocates nothing; the limit is so
/// wide, and the input so large, that no speed of a machine decides.
[[nodiscard]] bool ends_within(unsigned processor_seconds, const std::function<void()>& work);

}  // namespace growth
