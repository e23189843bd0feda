#include "cli/verify.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <memory>
#include <thread>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "cli/guarded.hpp"
#include "cli/switch_options.hpp"
#include "cli/verify_builds.hpp"
#include "cli/verify_usage.hpp"
#include "host/data_folders.hpp"
#include "host/missing.hpp"
#include "process/isolation.hpp"
#include "report/progress_log.hpp"
#include "verify/check_names.hpp"
#include "verify/preview.hpp"
#include "verify/verify.hpp"

namespace pystacks::cli::verify {
namespace {

using findings::Check;
using findings::Result;
using pystacks::verify::GivenPackages;
using pystacks::verify::Verification;
using pystacks::verify::VerificationRequest;
using Clock = std::chrono::steady_clock;

/// @param host null where nothing is installed
VerificationRequest request_of(const Options& options, const host::Host* host) {
    VerificationRequest request;
    request.packages = options.packages;
    request.others = options.others;
    request.root = options.root;
    request.upgrade = options.upgrade;
    request.rpmlintrc = options.rpmlintrc;
    request.regrtest = pystacks::verify::TestChoice::of(options.regrtest);
    request.only = options.only;
    request.skip = options.skip;
    request.jobs = options.checks_at_a_time();
    request.specs = host::data_folders().specs;
    request.scripts = host::data_folders().templates / "verify";
    if (host != nullptr) request.host_version = [host](const std::string& name) { return host->version(name); };
    return request;
}

std::string shell_command(const Options& options) {
    std::vector<std::string> words{"pystacks", "verify", "--shell"};
    if (!options.root.empty()) words.insert(words.end(), {"--root", options.root.string()});
    for (const fs::path& package : options.others) words.insert(words.end(), {"--with-packages", package.string()});
    for (const fs::path& package : options.packages) words.push_back(package.string());
    return shell_join(words);
}

int verify_in(const fs::path& folder, const Options& options, const host::Host& host) {
    const VerificationRequest request = request_of(options, &host);
    GivenPackages input = pystacks::verify::read_input(request);
    // What the headers show to be wrong is said before anything is installed.
    pystacks::verify::require_verifiable(input, request);
    (void)pystacks::verify::previewed_checks(input, request);
    const auto started = Clock::now();
    std::unique_ptr<report::ProgressSink> display = report::make_display();
    Verification verification(request, std::move(input), folder, *display);
    if (options.shell) {
        verification.install();
        display.reset();
        return verification.shell({});
    }
    const std::vector<Result> results = verification.run();
    display.reset();  // gives the terminal back before results are printed
    const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
    return report_results(options.output, results, {verification.packages(), seconds, shell_command(options)});
}

/// Of all stacks when no packages are given.
int list_all() {
    std::vector<Check> checks{{"packages.install", pystacks::verify::about_install, {}},
                              {"interpreter.starts", pystacks::verify::about_starts, {}}};
    for (const auto& each : pystacks::verify::check_names(host::data_folders().templates / "verify")) {
        checks.push_back({each.name, each.about, {}});
    }
    list_checks(checks);
    return 0;
}

int list(const Options& options) {
    if (options.packages.empty()) return list_all();
    const TemporaryDirectory none(temporary_folder(), "pystacks-verify");
    return process::run_isolated([&] {
        return guarded([&] {
            process::protect_machine(none.path(), {});
            const VerificationRequest request = request_of(options, nullptr);
            const GivenPackages input = pystacks::verify::read_input(request);
            pystacks::verify::require_verifiable(input, request);
            list_checks(pystacks::verify::previewed_checks(input, request));
            return 0;
        });
    });
}

/// @param written empty, or a report; there is none where verifying failed
void publish(const fs::path& written, const fs::path& target) {
    if (!written.empty() && fs::is_regular_file(fs::symlink_status(written))) {
        write_result(target, read_file(written));
    }
}

/// Installs and runs, in a process of its own.
int install_and_verify(const Options& options) {
    const host::Host host = host::Host::look();
    if (options.root.empty()) {
        host::require_nothing_missing(host::missing_programs({host::Use::verify}), host, "cannot verify", "");
    }
    const TemporaryDirectory folder(temporary_folder(), "pystacks-verify");
    // What is written there is brought to its place by this process, which has seen nothing of the packages.
    const TemporaryDirectory reports(temporary_folder(), "pystacks-reports");
    Options inner = options;
    if (!options.output.junit.empty()) inner.output.junit = reports.path() / "junit.xml";
    if (!options.output.html.empty()) inner.output.html = reports.path() / "page.html";
    if (options.shell) std::signal(SIGINT, SIG_IGN);  // Ctrl-C is for what runs in the shell
    const int code = process::run_isolated([&] {
        return guarded([&] {
            process::protect_machine(reports.path(), {folder.path()});
            return verify_in(folder.path(), inner, host);
        });
    });
    publish(inner.output.junit, options.output.junit);
    publish(inner.output.html, options.output.html);
    return code;
}

}  // namespace

unsigned Options::checks_at_a_time() const {
    return jobs != 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
}

void add_to(Arguments& app, Options& options) {
    app.add_option("PACKAGES", options.packages, "packages, or folders of them; with --reproducible a stack");
    app.add_option("--only", options.only, "run only these checks; * and ? match characters")
        .type_name("CHECK")
        .one_value();
    app.add_option("--skip", options.skip, "leave these checks out").type_name("CHECK").one_value();
    app.add_flag("--list", options.list, "list the checks, and run none; without PACKAGES, those of all stacks");
    app.add_flag("--strict", options.output.strict, "count a check that is not run as a failure");
    app.add_option("--with-packages", options.others,
                   "more packages, or folders of them, that dnf may install; they are not verified")
        .type_name("DIR")
        .one_value();
    app.add_option("--regrtest", options.regrtest, "CPython's tests: quick, full, none, or names")
        .type_name("quick|full|none|TESTS")
        .show_default();
    app.add_option("--upgrade", options.upgrade, "packages of the next release, for the upgrade check")
        .type_name("DIR");
    app.add_option("--rpmlintrc", options.rpmlintrc, "a configuration file with the reports of rpmlint to leave out")
        .type_name("FILE");
    app.add_option("--root", options.root, "use this root, in which the packages are already installed")
        .type_name("DIR");
    app.add_flag("--json", options.output.json, "print the results as JSON");
    app.add_option("--junit", options.output.junit, "also write the results as JUnit XML").type_name("FILE");
    app.add_option("--html", options.output.html, "also write the results as an HTML page").type_name("FILE");
    app.add_flag("--unaffected", options.unaffected,
                 "compare the packages of two folders, built with and without the debug configuration");
    app.add_flag("--reproducible", options.reproducible,
                 "build a stack twice, under different circumstances, and compare all packages");
    app.add_option("--work", options.work, "with --reproducible: folder for both builds")
        .type_name("DIR")
        .show_default();
    app.add_option("--sources", options.sources, "with --reproducible: a folder to look for sources in first")
        .type_name("DIR");
    add_switches(app, options.switches);
    app.add_flag("--shell", options.shell, "install, then open a shell in the scratch root");
    app.add_option("-j,--jobs", options.jobs, "checks that run at the same time").in_range(1, 1024).type_name("N");
}

int run(const Options& options) {
    check_usage(options);
    if (options.reproducible) return build_twice(options);
    if (options.unaffected) return compare_folders(options);
    if (options.list) return list(options);
    return install_and_verify(options);
}

}  // namespace pystacks::cli::verify
