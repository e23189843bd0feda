#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "report/progress.hpp"
#include "stack/stack.hpp"
#include "stackbuild/rpm_run.hpp"

namespace pystacks::stackbuild {

/// Trains compilers once, and keeps the results as files of the stack, for builds that need not train.
class ProfileRecording {
public:
    /// Checks everything that can be checked before an hour's work.
    /// @param stack its name, its folder or its stack.toml
    /// @param name of the file, in profiles/ beside stack.toml; empty: STACK-CONFIGURATION-MACHINE.profile
    /// @throws Error (usage)
    ProfileRecording(RpmRunRequest request, std::string stack, std::string name);

    struct Recorded {
        std::filesystem::path profile, stack;  ///< the files
        bool listed_now = false;               ///< the stack did not name it before
    };
    /// Of each configuration that is trained. @throws Error as the user should read it
    [[nodiscard]] std::vector<Recorded> record(report::ProgressSink& display) const;

private:
    [[nodiscard]] std::vector<Recorded> record_under_lock(report::ProgressSink& display) const;
    /// Makes an archive a file of the stack, which names it. @param name of the file in profiles/
    [[nodiscard]] Recorded keep(const std::filesystem::path& archive, const std::string& name) const;

    RpmRunRequest request_;
    std::string stack_, name_;
    stack::Stack raw_;
    std::filesystem::path file_;  ///< the stack's, absolute
};

}  // namespace pystacks::stackbuild
