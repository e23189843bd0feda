#include "cli/verify_builds.hpp"

#include <chrono>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "cli/verify_report.hpp"
#include "host/data_folders.hpp"
#include "host/missing.hpp"
#include "log/log.hpp"
#include "process/command.hpp"
#include "report/progress_log.hpp"
#include "stackbuild/workspace.hpp"
#include "verify/reproducible.hpp"
#include "verify/runner.hpp"
#include "verify/selection.hpp"
#include "verify/unaffected.hpp"

namespace pystacks::cli::verify {
namespace {

using pystacks::verify::Check;
using pystacks::verify::Circumstances;
using pystacks::verify::Result;
using Clock = std::chrono::steady_clock;

/// For checks that need no root.
int run_and_report(const Options& options, const std::vector<Check>& checks, const std::string& title,
                   Clock::time_point started) {
    const std::vector<Result> results =
        pystacks::verify::run_checks(checks, jobs_of(options), [](const Result&, std::size_t) {});
    const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
    return report_results(options, results, {title, seconds, {}});
}

std::vector<std::string> build_arguments(const Options& options) {
    std::vector<std::string> build{host::executable_path().string(), "build", options.packages.front().string(),
                                   "--nodeps"};
    if (!options.sources.empty()) build.insert(build.end(), {"--sources", fs::absolute(options.sources).string()});
    for (const std::string& each : options.switches.with) build.insert(build.end(), {"--with", each});
    for (const std::string& each : options.switches.without) build.insert(build.end(), {"--without", each});
    for (const std::string& each : options.switches.defines) build.insert(build.end(), {"--define", each});
    return build;
}

fs::path log_of(const fs::path& work, const Circumstances& circumstances) {
    return work / (circumstances.output.filename().string() + ".log");
}

void build_under(const Circumstances& circumstances, const fs::path& work, const Options& options) {
    make_directories(circumstances.output);
    log::info(fmt::format("building in {}{}", circumstances.output.string(),
                          circumstances.clock.empty() ? "" : ", where the clock says " + circumstances.clock));
    process::Command command = pystacks::verify::build_command(build_arguments(options), circumstances);
    command.log = log_of(work, circumstances);
    const process::Outcome outcome = process::run(command);
    if (outcome.succeeded()) return;
    constexpr int shown = 20;
    throw Error("cannot build " + options.packages.front().string(), command.log.string(),
                fmt::format("the build {}\n{}", outcome.describe(), process::log_tail(command.log, shown)),
                "build it once, without comparing: pystacks build " + options.packages.front().string());
}

}  // namespace

int compare_folders(const Options& options) {
    const auto started = Clock::now();
    const std::vector<Check> checks = selected_checks(
        pystacks::verify::unaffected_checks({options.packages[0]}, {options.packages[1]}), options.only, options.skip);
    if (options.list) {
        list_checks(checks);
        return 0;
    }
    return run_and_report(options, checks, options.packages[0].string() + " and " + options.packages[1].string(),
                          started);
}

/// Both builds, one after the other: each uses all processors by itself.
int build_twice(const Options& options) {
    const std::string& stack = options.packages.front().string();
    (void)stackbuild::load_stack(stack, options.switches);
    const host::Host host = host::Host::look();
    host::require_nothing_missing(host::missing_programs({host::Use::build}), host, "cannot verify", stack);

    const fs::path work = fs::absolute(options.work);
    const auto [first, second] = pystacks::verify::unlike_circumstances(work, static_cast<int>(jobs_of(options)));
    const auto started = Clock::now();
    for (const auto& circumstances : {first, second}) {  // of an earlier run, logs included
        remove_tree(circumstances.output);
        fs::remove(log_of(work, circumstances));
    }
    for (const auto& circumstances : {first, second}) build_under(circumstances, work, options);
    std::vector<Check> checks = pystacks::verify::reproducible_checks(first.output, second.output,
                                                                      {host::executable_path().string(), "compare"});
    checks.push_back(pystacks::verify::clock_check(second));
    return run_and_report(options, checks, stack + ", built twice", started);
}

}  // namespace pystacks::cli::verify
