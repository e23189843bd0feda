#include "stackbuild/rpm_run.hpp"

#include <cctype>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "host/missing.hpp"
#include "process/interruption.hpp"
#include "report/progress_socket.hpp"
#include "report/timeline.hpp"
#include "rpm/dependency_check.hpp"
#include "stackbuild/build_times.hpp"
#include "stackbuild/failure.hpp"
#include "stackbuild/output_folder.hpp"
#include "stackbuild/rpm_phases.hpp"
#include "stackbuild/sources.hpp"

namespace pystacks::stackbuild {
namespace {

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

void check_host(const RpmRunRequest& request, const Workspace& workspace, const host::Host& host) {
    if (request.nodeps || request.amount == rpm::Amount::source) return;
    std::vector<host::Missing> missing = host::missing_programs({host::Use::build});
    for (host::Missing& each : host::missing_build_requirements(workspace.expanded, host)) {
        missing.push_back(std::move(each));
    }
    host::require_nothing_missing(missing, host, "cannot build", workspace.info.name);
}

/// rpm can judge build requirements only where its database has the host's packages, and only if pystacks itself,
/// which the spec requires, came as a package.
bool let_rpm_check(const RpmRunRequest& request, const host::Host& host) {
    return !request.nodeps && host.family() == host::Host::Family::rpm && host.version("pystacks").has_value();
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
std::string kind_of_build(const RpmRunRequest& request) {
    const auto list = [](const std::vector<std::string>& words) { return join(words, "\t"); };
    return fmt::format("{}\n{}\n{}\n{}\n{}", rpm::letter_of(request.amount), request.jobs, list(request.switches.with),
                       list(request.switches.without), list(request.switches.defines));
}

}  // namespace

/// Makefiles, compiler flags, shells and rpm's macros all carry this path, and none of them can quote it for the
/// others.
void check_output(const RpmRunRequest& request) {
    const fs::path topdir = fs::absolute(request.output);
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

void in_output_folder(const RpmRunRequest& request, report::ProgressSink& display, const std::function<void()>& work) {
    const FileLock lock = lock_output(fs::absolute(request.output), display);
    try {
        work();
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::interrupted) throw;
        throw retell(error, std::nullopt, {}, request.command);
    }
}

Workspace prepare(const RpmRunRequest& request, stack::Stack raw, const host::Host& host,
                  report::ProgressSink& display) {
    try {
        Workspace workspace = open_workspace(std::move(raw), request.output, request.switches);
        check_host(request, workspace, host);
        place_files(workspace);
        using Network = source::FetchOptions::Network;
        fetch_sources(workspace.expanded, workspace.sources(), request.sources,
                      request.offline ? Network::offline : Network::allowed, display);
        process::throw_if_interrupted();
        return workspace;
    } catch (...) {
        remove_empty_folders(request.output);
        throw;
    }
}

std::vector<fs::path> run_rpm(const RpmRunRequest& request, Workspace& workspace, const host::Host& host,
                              const fs::path& log, report::ProgressSink& display) {
    TimedSink timed(display);
    const BuildTimes times(workspace.topdir, workspace.info.name, kind_of_build(request));
    display.begin_total(times.earlier());
    RpmPhases phases(timed);
    FailureWitness witness(phases);
    report::ProgressServer server(witness);
    workspace.job.stage_defines.push_back("_pystacks_progress " + server.socket().string());
    if (request.jobs > 0) workspace.job.defines.push_back("_smp_build_ncpus " + std::to_string(request.jobs));
    rpm::BuildOptions how;
    how.amount = request.amount;
    how.check_build_requires = let_rpm_check(request, host);
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
        throw retell(error, witness.failure(), log, request.command);
    }
}

}  // namespace pystacks::stackbuild
