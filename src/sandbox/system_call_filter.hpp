#pragma once

#include <vector>

#include <linux/filter.h>

namespace pystacks::sandbox {

/// What the kernel refuses to a program in a sandbox, as a program for seccomp(2): system calls that change the
/// machine, that only matter to who runs it, or that reach out of the sandbox. They fail with EPERM; clone3, whose
/// flags a filter cannot see, with ENOSYS, so that the C library takes clone instead. @throws Error
[[nodiscard]] std::vector<sock_filter> make_system_call_filter();

}  // namespace pystacks::sandbox
