#include "verify/two_builds.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "log/log.hpp"
#include "process/command.hpp"
#include "verify/reproducible.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;

std::vector<std::string> build_arguments(const TwoBuilds& wanted) {
    std::vector<std::string> build{wanted.program.string(), "build", wanted.stack, "--nodeps"};
    if (!wanted.sources.empty()) build.insert(build.end(), {"--sources", fs::absolute(wanted.sources).string()});
    for (const std::string& each : wanted.switches.with) build.insert(build.end(), {"--with", each});
    for (const std::string& each : wanted.switches.without) build.insert(build.end(), {"--without", each});
    for (const std::string& each : wanted.switches.defines) build.insert(build.end(), {"--define", each});
    return build;
}

fs::path log_of(const fs::path& work, const Circumstances& circumstances) {
    return work / (circumstances.output.filename().string() + ".log");
}

void build_under(const Circumstances& circumstances, const fs::path& work, const TwoBuilds& wanted) {
    make_directories(circumstances.output);
    log::info(fmt::format("building in {}{}", circumstances.output.string(),
                          circumstances.clock.empty() ? "" : ", where the clock says " + circumstances.clock));
    process::Command command = build_command(build_arguments(wanted), circumstances);
    command.log = log_of(work, circumstances);
    const process::Outcome outcome = process::run(command);
    if (outcome.succeeded()) return;
    constexpr int shown = 20;
    throw Error("cannot build " + wanted.stack, command.log.string(),
                fmt::format("the build {}\n{}", outcome.describe(), process::log_tail(command.log, shown)),
                "build it once, without comparing: pystacks build " + wanted.stack);
}

}  // namespace

std::vector<Check> build_twice(const TwoBuilds& wanted) {
    const fs::path work = fs::absolute(wanted.work);
    const auto [first, second] = unlike_circumstances(work, wanted.jobs);
    for (const auto& circumstances : {first, second}) {  // of an earlier run, logs included
        remove_tree(circumstances.output);
        fs::remove(log_of(work, circumstances));
    }
    for (const auto& circumstances : {first, second}) build_under(circumstances, work, wanted);
    std::vector<Check> checks = reproducible_checks(first.output, second.output, {wanted.program.string(), "compare"});
    checks.push_back(clock_check(second));
    return checks;
}

}  // namespace pystacks::verify
