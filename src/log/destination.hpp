#pragma once

#include <string_view>

#include "base/file.hpp"

namespace pystacks::log {

/// Opens what a log is appended to: a file, which is made with mode 0644 when there is none, a FIFO that somebody
/// reads, a device, or a descriptor that this process has (/dev/stderr, /dev/fd/3).
/// @param option names it in messages: "--log-file"
/// @throws Error (usage) when it cannot be opened: the user has to learn at once that there will be no log
[[nodiscard]] UniqueFd open_destination(const fs::path& path, std::string_view option);

}  // namespace pystacks::log
