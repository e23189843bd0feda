#pragma once

/// What to do where a machine or a container allows too little: for hints of messages.
namespace pystacks::sandbox {

inline constexpr const char* let_users_make_namespaces =
    "run it as root, or let users make user namespaces (sysctl user.max_user_namespaces, "
    "kernel.unprivileged_userns_clone, kernel.apparmor_restrict_unprivileged_userns)";

inline constexpr const char* uncover_proc =
    "this container covers parts of its /proc, so the kernel allows no other one; start it with --security-opt "
    "unmask=ALL or --privileged (podman, docker)";

}  // namespace pystacks::sandbox
