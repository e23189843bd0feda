#include "cli/build.hpp"

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
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
    const KeyHasher key = build_key(workspace, std::string(rpm::letter_of(options.rpm.amount)), host);
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

void check_repository(const Options& options) {
    if (options.repository.folder.empty()) return;
    if (!rpm::makes_packages(options.rpm.amount)) {
        throw Error(ErrorKind::usage, "cannot build", "--repository",
                    fmt::format("with -b{} there are no binary packages", rpm::letter_of(options.rpm.amount)),
                    "-ba and -bb make them");
    }
    require_usable(options.repository);
}

std::size_t publish_packages(const Options& options, const BuildOutcome& outcome) {
    if (options.repository.folder.empty()) return 0;
    std::vector<fs::path> packages;
    for (const BuiltFile& each : outcome.files) packages.push_back(each.path);
    return publish(packages, options.repository);
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    cli::add_to(app, options.rpm);
    const auto take_amount = [&options](const std::string& letter) {
        if (const auto amount = rpm::amount_of(letter)) options.rpm.amount = *amount;
    };
    app.add_option("-b", take_amount,
                   "as rpmbuild: -ba all packages, -bb only binary packages, -bs only the source package, "
                   "-bp, -bc, -bi stop after %prep, %build, %install")
        .one_of({"a", "b", "s", "p", "c", "i"})
        .type_name("a|b|s|p|c|i");
    app.add_option("--repository", options.repository.folder,
                   "also put the binary packages into this folder, as a repository for dnf")
        .type_name("DIR");
    app.add_option("--sign", options.repository.key, "sign that repository and its packages with this gpg key")
        .type_name("NAME");
    app.need("--repository", {"--sign"});
    app.add_flag("--json", options.json, "print the result as JSON");
}

int run(const Options& options) {
    check_output(options.rpm);
    check_repository(options);
    const auto started = std::chrono::steady_clock::now();
    std::optional<BuildOutcome> outcome;
    stack::Stack raw = load_stack(options.rpm.stack, options.rpm.switches);
    with_output(options.rpm,
                [&](report::ProgressSink& display) { outcome = build_under_lock(options, std::move(raw), display); });
    outcome->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
    const std::size_t published = publish_packages(options, *outcome);
    options.json ? print_outcome_as_json(*outcome) : print_outcome(*outcome);
    if (!options.repository.folder.empty()) {
        log::info(fmt::format("repository: {}, {} packages{}", options.repository.folder.string(), published,
                              options.repository.key.empty() ? "" : ", signed by " + options.repository.key));
    }
    if (outcome->how == BuildOutcome::How::built) {
        log::info(room_text(room_taken(fs::absolute(options.rpm.output)), options.rpm.output));
    }
    return 0;
}

}  // namespace pystacks::cli::build
