#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <linux/filter.h>

#include "sandbox/sandbox.hpp"

namespace pystacks::sandbox {

/// A Sandbox in the form that a forked child can use: between fork and exec only async-signal-safe calls are allowed,
/// so everything is composed before.
class Plan {
public:
    /// The first one makes what all share, and needs a writable /proc. Thread-safe.
    /// @throws Error when this user may not make namespaces, or what is to be shown cannot be
    explicit Plan(const Sandbox& sandbox);

    /// Paths as they are seen while the root is being built: the machine at /old, the new root at /new.
    struct Mount {
        Shown::How how = Shown::How::read_only;
        bool folder = true;
        bool holds_mounts = false;  ///< of a hidden folder: something else is shown in it
        std::string what;
        std::string inside;
        std::vector<std::string> parents;  ///< of inside, the topmost first
    };

    [[nodiscard]] const std::vector<Mount>& mounts() const noexcept { return mounts_; }
    [[nodiscard]] int user_namespace() const noexcept { return user_namespace_; }  ///< descriptor; -1: none
    [[nodiscard]] const sock_fprog& filter() const noexcept { return filter_; }
    /// Mount points for /dev and /proc of the inner root; empty: there is none.
    [[nodiscard]] const std::string& inner_devices() const noexcept { return inner_devices_; }
    [[nodiscard]] const std::string& inner_processes() const noexcept { return inner_processes_; }
    [[nodiscard]] bool terminal() const noexcept { return terminal_; }

private:
    std::vector<Mount> mounts_;
    int user_namespace_;
    sock_fprog filter_;
    std::string inner_devices_, inner_processes_;
    bool terminal_;
};

/// Where the root is built.
inline constexpr const char* old_root = "/old";
inline constexpr const char* new_root = "/new";

}  // namespace pystacks::sandbox
