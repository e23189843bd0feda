#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "process/command.hpp"

/// Starting a child: for run.cpp alone.
namespace pystacks::process {

/// What became of the attempt to start a child.
struct Spawned {
    pid_t pid = -1;       ///< of the child, the leader of a new process group; -1 when it was not started
    int start_error = 0;  ///< errno of the failed start
};

/// Starts @p command with the three standard descriptors given, all of which are above 2 and close-on-exec.
/// Returns after the child's exec, so a program that cannot be executed is distinguished from one that fails.
/// @throws Error when the directory cannot be entered.
[[nodiscard]] Spawned spawn(const Command& command, int input, int output, int error);

}  // namespace pystacks::process
