#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "build/environment.hpp"
#include "build/layout.hpp"
#include "report/progress.hpp"
#include "stack/stack.hpp"

namespace pystacks::build {

/// What the stages of one run have in common.
struct StageContext {
    const stack::Stack& stack;        ///< expanded by rpm
    std::filesystem::path sources;    ///< where sources, patches and the files beside stack.toml are, all in one folder
    Layout layout;                    ///< its root is canonical: compilers record the path that getcwd(3) gives
    std::filesystem::path buildroot;  ///< rpm's
    std::filesystem::path scripts;    ///< the Python programs that interpreters run
    int jobs = 1;
    std::string source_date_epoch;
    ChildEnvironment child;
    report::ProgressSink& progress;
    /// build: train the compilers, write CONFIGURATION.profile of each into this folder, and do no more
    std::filesystem::path record_profiles = {};
    std::string program = {};  ///< digest of this program: what another one made is made again
};

/// The lane of what all configurations have in common.
inline constexpr const char* common_lane = "stack";

/// The name under which the source tree's folder appears in debug information and installed files.
inline constexpr const char* mapped_prefix = "/usr/src/debug/";

/// Runs @p work between a `started` and a `finished` event. An exception is posted as `failed`, or as `interrupted`,
/// and is thrown on.
void run_phase(report::ProgressSink& progress, const std::string& lane, const std::string& phase,
               const std::filesystem::path& log, const std::function<void()>& work);

void post_skipped(report::ProgressSink& progress, const std::string& lane, const std::string& phase);

}  // namespace pystacks::build
