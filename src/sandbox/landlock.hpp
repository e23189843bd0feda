#pragma once

namespace pystacks::sandbox {

/// Confines this process to files below "/" and to its standard descriptors, by Landlock: what a descriptor or a link
/// in /proc leads to outside cannot be opened again. Does nothing on kernels that have no Landlock, or one that forbids
/// to rename between folders (before Linux 5.19). Needs no_new_privs. Async-signal-safe.
/// @returns errno, 0 when it is done
[[nodiscard]] int confine_to_root() noexcept;

}  // namespace pystacks::sandbox
