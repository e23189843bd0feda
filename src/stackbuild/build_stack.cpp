#include "stackbuild/build_stack.hpp"

#include <chrono>
#include <utility>

#include "base/file.hpp"
#include "base/text.hpp"
#include "build/layout.hpp"
#include "stackbuild/build_key.hpp"

namespace pystacks::stackbuild {
namespace {

BuildOutcome build_under_lock(const RpmRunRequest& request, stack::Stack raw, report::ProgressSink& display) {
    const host::Host host = host::Host::look();
    Workspace workspace = prepare(request, std::move(raw), host, display);

    BuildOutcome outcome;
    outcome.comparison = build::Layout(workspace.info.build_folder).comparison();
    outcome.log = workspace.topdir / "logs" / (workspace.info.name + "-rpmbuild.log");
    const InputList key = build_key(workspace, request.amount, host);
    const BuildStamp stamp(workspace.topdir, workspace.info.name);
    if (auto files = stamp.finished(key)) {
        outcome.how = BuildOutcome::How::up_to_date;
        outcome.files = std::move(*files);
        return outcome;
    }
    const std::vector<std::string> changed = stamp.changed_inputs(key);
    if (!changed.empty()) report::post_message(display, "", "changed since the last build: " + join(changed, ", "));
    const std::vector<fs::path> written = run_rpm(request, workspace, host, outcome.log, display);
    // Only packages make a build finished; the stages of -bp, -bc and -bi know by themselves what is done.
    if (!written.empty()) outcome.files = stamp.record(key, written);
    return outcome;
}

}  // namespace

BuildOutcome build_stack(const RpmRunRequest& request, stack::Stack raw, report::ProgressSink& display) {
    const auto started = std::chrono::steady_clock::now();
    BuildOutcome outcome;
    in_output_folder(request, display, [&] { outcome = build_under_lock(request, std::move(raw), display); });
    outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    return outcome;
}

}  // namespace pystacks::stackbuild
