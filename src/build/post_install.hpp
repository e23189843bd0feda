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

/// Runs the script. @throws Error when it fails, when its output says that a program was not found, or when it leaves a
/// list of debug information empty although the buildroot has some. In the last two cases rpm's scripts report success,
/// and the packages would be without debug information, or the build would fail later on the empty list.
void run_post_install(const PostInstall& job);

}  // namespace pystacks::build
