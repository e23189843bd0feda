#include "cli/verify_builds.hpp"

#include <chrono>

#include "findings/check_run.hpp"
#include "host/data_folders.hpp"
#include "host/missing.hpp"
#include "stackbuild/workspace.hpp"
#include "verify/selection.hpp"
#include "verify/two_builds.hpp"
#include "verify/unaffected.hpp"

namespace pystacks::cli::verify {
namespace {

using findings::Check;
using findings::Result;
using Clock = std::chrono::steady_clock;

/// For checks that need no root.
int run_and_report(const Options& options, const std::vector<Check>& checks, const std::string& title,
                   Clock::time_point started) {
    const std::vector<Result> results =
        findings::run_checks(checks, options.checks_at_a_time(), [](const Result&, std::size_t) {});
    const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
    return report_results(options.output, results, {title, seconds, {}});
}

}  // namespace

int compare_folders(const Options& options) {
    const auto started = Clock::now();
    const std::vector<Check> checks = pystacks::verify::selected_checks(
        pystacks::verify::unaffected_checks({options.packages[0]}, {options.packages[1]}), options.only, options.skip);
    if (options.list) {
        list_checks(checks);
        return 0;
    }
    return run_and_report(options, checks, options.packages[0].string() + " and " + options.packages[1].string(),
                          started);
}

int build_twice(const Options& options) {
    const std::string& stack = options.packages.front().string();
    (void)stackbuild::load_stack(stack, options.switches);
    const host::Host host = host::Host::look();
    host::require_nothing_missing(host::missing_programs({host::Use::build}), host, "cannot verify", stack);

    const auto started = Clock::now();
    const std::vector<Check> checks =
        pystacks::verify::build_twice({.stack = stack,
                                       .switches = options.switches,
                                       .sources = options.sources,
                                       .work = options.work,
                                       .jobs = static_cast<int>(options.checks_at_a_time()),
                                       .program = host::executable_path()});
    return run_and_report(options, checks, stack + ", built twice", started);
}

}  // namespace pystacks::cli::verify
