#include "cli/build.hpp"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "base/file.hpp"
#include "base/text.hpp"
#include "build/layout.hpp"
#include "cli/build_report.hpp"
#include "cli/build_stamp.hpp"
#include "cli/output_folder.hpp"
#include "log/log.hpp"

namespace pystacks::cli::build {
namespace {

BuildOutcome build_under_lock(const Options& options, stack::Stack raw, report::ProgressSink& display) {
    const host::Host host = host::Host::look();
    Workspace workspace = prepare(options.rpm, std::move(raw), host, display);

    BuildOutcome outcome;
    outcome.comparison = pystacks::build::Layout(workspace.info.build_folder).comparison();
    outcome.log = workspace.topdir / "logs" / (workspace.info.name + "-rpmbuild.log");
    const KeyHasher key = build_key(workspace, options.rpm.amount, host);
    const BuildStamp stamp(workspace.topdir, workspace.info.name);
    if (auto files = stamp.finished(key)) {
        outcome.how = BuildOutcome::How::up_to_date;
        outcome.files = std::move(*files);
        return outcome;
    }
    const std::vector<std::string> changed = stamp.changed_inputs(key);
    if (!changed.empty()) report::post_message(display, "", "changed since the last build: " + join(changed, ", "));
    const std::vector<fs::path> written = run_rpm(options.rpm, workspace, host, outcome.log, display);
    // Only packages make a build finished; the stages of -bp, -bc and -bi know by themselves what is done.
    if (!written.empty()) outcome.files = stamp.record(key, written);
    return outcome;
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    cli::add_to(app, options.rpm);
    app.add_option("-b", options.rpm.amount,
                   "as rpmbuild: -ba all packages, -bb only binary packages, -bs only the source package, "
                   "-bp, -bc, -bi stop after %prep, %build, %install")
        .one_of({"a", "b", "s", "p", "c", "i"})
        .type_name("a|b|s|p|c|i");
    app.add_flag("--json", options.json, "print the result as JSON");
}

int run(const Options& options) {
    check_output(options.rpm);
    const auto started = std::chrono::steady_clock::now();
    std::optional<BuildOutcome> outcome;
    stack::Stack raw = load_stack(options.rpm.stack, options.rpm.switches);
    with_output(options.rpm,
                [&](report::ProgressSink& display) { outcome = build_under_lock(options, std::move(raw), display); });
    outcome->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    options.json ? print_outcome_as_json(*outcome) : print_outcome(*outcome);
    if (outcome->how == BuildOutcome::How::built) {
        log::info(room_text(room_taken(fs::absolute(options.rpm.output)), options.rpm.output));
    }
    return 0;
}

}  // namespace pystacks::cli::build
