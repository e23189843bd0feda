#pragma once

#include <functional>

namespace pystacks::process {

/// Runs @p work in a child that has mounts, processes and a network (loopback alone) of its own, and waits for it.
///
/// As root these are namespaces of this machine. Otherwise a user namespace comes first, in which the child is root and
/// owns what the user owns; overlay mounts work in it from Linux 5.11 on. The child is process 1 of its namespace: when
/// it ends, or this process dies, however it dies, the kernel ends whatever it started, and its mounts are gone.
///
/// This process moves into the new mount namespace too, so that it can remove what the child mounted on. Call it while
/// there is one thread. The child gets SIGTERM when an interruption is requested, SIGKILL ten seconds later.
/// @param work runs in the child; an exception must not leave it
/// @return what @p work returned, 128 and the signal when the child was killed
/// @throws Error when this user may not make namespaces
int run_isolated(const std::function<int()>& work);

/// Whether this process's root privileges are those of a user namespace alone.
[[nodiscard]] bool in_user_namespace();

}  // namespace pystacks::process
