#pragma once

#include <string>

#include "sandbox/plan.hpp"

namespace pystacks::sandbox {

/// Why a sandbox could not be entered. Small enough to go through a pipe in one piece.
struct FailedStep {
    enum class Step : int {
        none,
        user_namespace,
        namespaces,
        first_process,
        staging,
        show,  ///< number: of Plan::mounts()
        devices,
        processes,
        root,
        limits,
        privileges,
        landlock,
        filter,
    };
    Step step = Step::none;
    int number = 0;
    int error_number = 0;

    [[nodiscard]] explicit operator bool() const noexcept { return step != Step::none; }
};

/// Enters the sandbox. Called in a forked child with one thread, between fork and exec: async-signal-safe.
///
/// It returns in a new process, which is inside and is to execute the program. The calling process stays outside, ends
/// the way that process ends (with its status, or by its signal), and never returns, except when the first steps fail.
/// Process 1 of the sandbox is in between: it waits for processes whose parents have ended.
/// @param report a descriptor that only the returning process keeps open
[[nodiscard]] FailedStep enter(const Plan& plan, int report) noexcept;

/// "the new root: mount: Operation not permitted" and what to do about it. @throws Error
[[noreturn]] void throw_failed_step(const FailedStep& failed, const Sandbox& sandbox, const std::string& program);

}  // namespace pystacks::sandbox
