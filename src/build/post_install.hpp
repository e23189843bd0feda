#pragma once

#include <filesystem>
#include <string>

#include "build/layout.hpp"
#include "report/progress.hpp"

namespace pystacks::build {

/// What rpm does to a buildroot once %install is done: the text of its own %{__spec_install_post}, which calls
/// find-debuginfo and the brp scripts.
struct PostInstall {
    Layout layout;                    ///< its root is where find-debuginfo leaves its lists
    std::filesystem::path buildroot;  ///< rpm's
    std::string shell = "/bin/sh";    ///< rpm's
    std::string script;
    report::ProgressSink& progress;
};

/// Runs the script and throws Error where it failed, where it says that a program was not found, or where it left a
/// list of debug information empty although there was some. rpm's scripts end with success in the last two cases, and
/// packages would be without their debug information, or fail much later by an empty list.
void run_post_install(const PostInstall& job);

}  // namespace pystacks::build
