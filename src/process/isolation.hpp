#pragma once

#include <filesystem>
#include <functional>
#include <vector>

namespace pystacks::process {

/// Runs @p work in a child that has processes of its own and no network, and waits for it.
///
/// As root these are namespaces of this machine. Otherwise a user namespace comes first, in which the child is root and
/// owns what the user owns; overlay mounts work in it from Linux 5.11 on. This process is in that user namespace from
/// then on. When the child ends, or this process dies, however it dies, the kernel ends whatever it started.
///
/// Call it while there is one thread. The child gets SIGTERM when an interruption is requested, SIGKILL ten seconds
/// later.
/// @param work runs in the child; an exception must not leave it
/// @return what @p work returned
/// @throws Error when this user may not make namespaces, or when the child was killed; Error(interrupted) when that was
///         because of an interruption
int run_isolated(const std::function<int()>& work);

/// Gives this process mounts of its own, with a /proc of its process namespace, and makes all files of the machine read
/// only in them, apart from the folders given and what it mounts later: where foreign data leads it to write elsewhere,
/// it cannot. For the child of run_isolated(), while it has one thread.
/// @param temporary existing folder, which becomes TMPDIR
/// @param writable  existing folders @throws Error
void protect_machine(const std::filesystem::path& temporary, std::vector<std::filesystem::path> writable);

/// Whether this process's root privileges are those of a user namespace alone.
[[nodiscard]] bool in_user_namespace();

}  // namespace pystacks::process
