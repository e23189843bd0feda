#include "cli/rpm_run.hpp"

#include <cctype>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/characters.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/build_report.hpp"
#include "cli/build_times.hpp"
#include "cli/fetch.hpp"
#include "cli/output_folder.hpp"
#include "cli/rpm_phases.hpp"
#include "host/missing.hpp"
#include "process/interruption.hpp"
#include "report/progress_log.hpp"
#include "report/progress_socket.hpp"
#include "report/timeline.hpp"
#include "rpm/dependency_check.hpp"

namespace pystacks::cli {
namespace {

/// As it was typed, so that it can be typed again.
std::string command_line() {
    std::vector<std::string> arguments = split(read_file("/proc/self/cmdline"), '\0');
    if (!arguments.empty() && arguments.back().empty()) arguments.pop_back();
    return shell_join(arguments);
}

/// Two builds in one output folder would take each other's files away. Processes that a killed run left behind hold
/// the lock until they have ended.
FileLock lock_output(const fs::path& topdir, report::ProgressSink& display) {
    constexpr double patience_seconds = 60;
    make_directories(topdir);
    bool told = false;
    return FileLock(topdir / output_lock, patience_seconds, [&] {
        if (!std::exchange(told, true))
            report::post_message(display, "", "waiting for another build in " + topdir.string());
        process::throw_if_interrupted();
    });
}

void check_host(const RpmRunOptions& options, const Workspace& workspace, const host::Host& host) {
    if (options.nodeps || options.amount == rpm::Amount::source) return;
    std::vector<host::Missing> missing = host::missing_programs({host::Use::build});
    for (host::Missing& each : host::missing_build_requirements(workspace.expanded, host)) {
        missing.push_back(std::move(each));
    }
    host::require_nothing_missing(missing, host, "cannot build", workspace.info.name);
}

/// rpm can judge build requirements only where its database has the host's packages, and only if pystacks itself,
/// which the spec requires, came as a package.
bool let_rpm_check(const RpmRunOptions& options, const host::Host& host) {
    return !options.nodeps && host.family() == host::Host::Family::rpm && host.version("pystacks").has_value();
}

/// Writes down when each phase began and ended.
class TimedSink final : public report::ProgressSink {
public:
    explicit TimedSink(report::ProgressSink& next) : next_(next) {}

    void post(const report::ProgressEvent& event) override {
        {
            const std::lock_guard lock(mutex_);
            recorder_.apply(event, report::TimelineRecorder::Clock::now());
        }
        next_.post(event);
    }

    [[nodiscard]] std::optional<report::Timeline> whole() {
        const std::lock_guard lock(mutex_);
        return recorder_.whole(report::TimelineRecorder::Clock::now());
    }

private:
    report::ProgressSink& next_;
    std::mutex mutex_;
    report::TimelineRecorder recorder_{report::TimelineRecorder::Clock::now()};
};

/// What decides how long it takes, as far as the command line has it.
std::string kind_of_build(const RpmRunOptions& options) {
    const auto list = [](const std::vector<std::string>& words) { return join(words, "\t"); };
    return fmt::format("{}\n{}\n{}\n{}\n{}", rpm::letter_of(options.amount), options.jobs, list(options.switches.with),
                       list(options.switches.without), list(options.switches.defines));
}

}  // namespace

void add_to(Arguments& app, RpmRunOptions& options) {
    app.add_option("STACK", options.stack, "a stack's name, its folder or its stack.toml").required();
    add_switches(app, options.switches);
    app.add_option("-j,--jobs", options.jobs, "processes at a time").in_range(1, 4096).type_name("N");
    app.add_option("--output", options.output, "folder for everything, in rpmbuild's layout")
        .type_name("DIR")
        .show_default();
    app.add_option("--sources", options.sources, "a folder to look for sources in first")
        .type_name("DIR")
        .existing_folder();
    app.add_flag("--offline", options.offline, "fetch nothing");
    app.add_flag("--nodeps", options.nodeps, "do not check for what the build needs");
}

/// Makefiles, compiler flags, shells and rpm's macros all carry this path, and none of them can quote it for the
/// others.
void check_output(const RpmRunOptions& options) {
    const fs::path topdir = fs::absolute(options.output);
    for (const char character : topdir.native()) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte >= 0x80U || std::isalnum(byte) != 0 ||
            std::string_view("/._-+@~").find(character) != std::string_view::npos) {
            continue;
        }
        throw Error(
            ErrorKind::usage, "cannot build", topdir,
            fmt::format("the path contains {}, where make or the compiler would split it",
                        byte < 0x20U || byte == 0x7FU ? "a control character" : fmt::format("a '{}'", character)),
            "choose another folder with --output");
    }
}

void with_output(const RpmRunOptions& options, const std::function<void(report::ProgressSink&)>& work) {
    const fs::path topdir = fs::absolute(options.output);
    // The display ends, and with it what it did to the terminal, before results or errors are printed.
    const std::unique_ptr<report::ProgressSink> display = report::make_display();
    const FileLock lock = lock_output(topdir, *display);
    try {
        work(*display);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::interrupted) throw;
        throw retell(error, std::nullopt, {}, command_line());
    }
}

Workspace prepare(const RpmRunOptions& options, stack::Stack raw, const host::Host& host,
                  report::ProgressSink& display) {
    try {
        Workspace workspace = open_workspace(std::move(raw), options.output, options.switches);
        check_host(options, workspace, host);
        place_files(workspace);
        using Network = source::FetchOptions::Network;
        fetch::fetch_sources(workspace.expanded, workspace.sources(), options.sources,
                             options.offline ? Network::offline : Network::allowed, display);
        process::throw_if_interrupted();
        return workspace;
    } catch (...) {
        remove_empty_folders(options.output);
        throw;
    }
}

std::vector<fs::path> run_rpm(const RpmRunOptions& options, Workspace& workspace, const host::Host& host,
                              const fs::path& log, report::ProgressSink& display) {
    TimedSink timed(display);
    const BuildTimes times(workspace.topdir, workspace.info.name, kind_of_build(options));
    display.begin_total(times.earlier());
    RpmPhases phases(timed);
    FailureWitness witness(phases);
    report::ProgressServer server(witness);
    workspace.job.stage_defines.push_back("_pystacks_progress " + server.socket().string());
    if (options.jobs > 0) workspace.job.defines.push_back("_smp_build_ncpus " + std::to_string(options.jobs));
    rpm::BuildOptions how;
    how.amount = options.amount;
    how.check_build_requires = let_rpm_check(options, host);
    how.log = log;
    std::error_code ignored;
    fs::remove(log, ignored);  // it is appended to, and yesterday's failure would be read as today's
    try {
        rpm::BuildResult result = rpm::build(workspace.job, how);
        server.close();
        rpm::require_complete_dependencies(log, result.written, "cannot write the packages", workspace.info.name,
                                           "pystacks doctor says what this host lacks");
        phases.finish();
        if (const auto whole = timed.whole(); whole && !result.written.empty()) times.record(*whole);
        return std::move(result.written);
    } catch (const Error& error) {
        server.close();
        using Kind = report::ProgressEvent::Kind;
        phases.leave(error.kind() == ErrorKind::interrupted ? Kind::interrupted : Kind::failed);
        throw retell(error, witness.failure(), log, command_line());
    }
}

}  // namespace pystacks::cli
