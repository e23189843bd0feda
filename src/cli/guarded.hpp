#pragma once

#include <functional>

namespace pystacks::cli {

/// Runs @p work as the boundary of an isolated process (process/isolation.hpp), which no exception may leave: an error
/// is printed as the program prints it, and the buffer of stdout is written out. @returns the exit code.
[[nodiscard]] int guarded(const std::function<int()>& work);

}  // namespace pystacks::cli
