#pragma once

#include <functional>

#include <sys/types.h>

/// Ending a whole process group: for run.cpp alone.
namespace pystacks::process {

/// Whether the group has a process that is not a zombie, as /proc tells.
[[nodiscard]] bool group_is_running(pid_t group);

/// SIGTERM, after five seconds SIGKILL; returns when nothing of the group runs any more (or, when even SIGKILL does
/// not end a process that hangs in the kernel, after five seconds more).
/// The leader must not have been waited for: as long as it is a zombie, no other group can get the number.
/// @param meanwhile called again and again while waiting, and once more when nothing runs any more: it reads the output
///        that the group still writes
void stop_group(pid_t group, const std::function<void()>& meanwhile);

}  // namespace pystacks::process
