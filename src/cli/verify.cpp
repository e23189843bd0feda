#include "cli/verify.hpp"

#include <chrono>
#include <csignal>
#include <memory>
#include <thread>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "cli/data_folders.hpp"
#include "cli/guarded.hpp"
#include "cli/print.hpp"
#include "host/missing.hpp"
#include "log/log.hpp"
#include "process/command.hpp"
#include "process/isolation.hpp"
#include "report/progress_log.hpp"
#include "verify/reproducible.hpp"
#include "verify/results.hpp"
#include "verify/runner.hpp"
#include "verify/unaffected.hpp"
#include "verify/verify.hpp"

namespace pystacks::cli::verify {
namespace {

using pystacks::verify::Check;
using pystacks::verify::Request;
using pystacks::verify::Result;
using pystacks::verify::Subtitle;
using pystacks::verify::Verification;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point started) {
    return std::chrono::duration<double>(Clock::now() - started).count();
}

unsigned jobs_of(const Options& options) {
    return options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
}

Request request_of(const Options& options, const host::Host& host) {
    Request request;
    request.packages = options.packages;
    request.root = options.root;
    request.upgrade = options.upgrade;
    request.rpmlintrc = options.rpmlintrc;
    request.regrtest = options.regrtest;
    request.only = options.only;
    request.skip = options.skip;
    request.jobs = jobs_of(options);
    request.specs = data_folders().specs;
    request.scripts = data_folders().templates / "verify";
    request.host_version = [&host](const std::string& name) { return host.version(name); };
    return request;
}

void list_checks(const std::vector<Check>& checks) {
    std::size_t width = 0;
    for (const Check& check : checks) width = std::max(width, check.name.size());
    for (const Check& check : checks) print_text(fmt::format("{:<{}}  {}\n", check.name, width, check.about));
}

std::string shell_command(const Options& options) {
    std::vector<std::string> words{"pystacks", "verify", "--shell"};
    if (!options.root.empty()) words.insert(words.end(), {"--root", options.root.string()});
    for (const fs::path& package : options.packages) words.push_back(package.string());
    return shell_join(words);
}

int report_results(const Options& options, const std::vector<Result>& results, const Subtitle& subtitle) {
    if (!options.junit.empty()) write_result(options.junit, to_junit(results, subtitle));
    if (!options.html.empty()) write_result(options.html, to_html(results, subtitle));
    options.json ? print_data(to_json(results, subtitle)) : print_text(to_text(results, subtitle));
    return pystacks::verify::count(results).failed == 0 ? 0 : exit_code(ErrorKind::failed);
}

int verify_in(const fs::path& folder, const Options& options, const host::Host& host) {
    const Request request = request_of(options, host);
    const auto started = Clock::now();
    std::unique_ptr<report::ProgressSink> display = report::make_display();
    Verification verification(request, folder, *display);
    if (options.shell) {
        display.reset();
        return verification.shell({});
    }
    if (options.list) {
        display.reset();
        list_checks(verification.checks());
        return 0;
    }
    const std::vector<Result> results = verification.run();
    display.reset();  // gives the terminal back before results are printed
    return report_results(options, results, {verification.packages(), seconds_since(started), shell_command(options)});
}

/// @param written empty, or a report; there is none where verifying failed
void publish(const fs::path& written, const fs::path& target) {
    if (!written.empty() && fs::is_regular_file(fs::symlink_status(written))) {
        write_result(target, read_file(written));
    }
}

/// For checks that need no root.
int run_and_report(const Options& options, const std::vector<Check>& checks, const std::string& title,
                   Clock::time_point started) {
    const std::vector<Result> results =
        pystacks::verify::run_checks(checks, jobs_of(options), [](const Result&, std::size_t) {});
    return report_results(options, results, {title, seconds_since(started), {}});
}

int compare_folders(const Options& options) {
    if (options.packages.size() != 2) {
        throw Error(
            ErrorKind::usage, "cannot verify", "--unaffected", "it takes two folders",
            "pystacks verify --unaffected WITH WITHOUT: packages built with and without the debug configuration");
    }
    const auto started = Clock::now();
    const std::vector<Check> checks = pystacks::verify::unaffected_checks({options.packages[0]}, {options.packages[1]});
    if (options.list) {
        list_checks(checks);
        return 0;
    }
    return run_and_report(options, checks, options.packages[0].string() + " and " + options.packages[1].string(),
                          started);
}

/// Both builds, one after the other: each uses all processors by itself.
int build_twice(const Options& options) {
    if (options.packages.size() != 1) {
        throw Error(ErrorKind::usage, "cannot verify", "--reproducible", "it takes one stack",
                    "pystacks verify --reproducible STACK");
    }
    const host::Host host = host::Host::look();
    host::require_nothing_missing(host::missing_programs({host::Use::build}), host, "cannot verify",
                                  options.packages.front().string());
    const std::string program = executable_path().string();
    std::vector<std::string> build{program, "build", options.packages.front().string(), "--nodeps"};
    if (!options.sources.empty()) build.insert(build.end(), {"--sources", fs::absolute(options.sources).string()});
    for (const std::string& each : options.switches.with) build.insert(build.end(), {"--with", each});
    for (const std::string& each : options.switches.without) build.insert(build.end(), {"--without", each});
    for (const std::string& each : options.switches.defines) build.insert(build.end(), {"--define", each});

    const fs::path work = fs::absolute(options.work);
    const auto [first, second] = pystacks::verify::unlike_circumstances(work, static_cast<int>(jobs_of(options)));
    const auto started = Clock::now();
    for (const auto& circumstances : {first, second}) {
        remove_tree(circumstances.output);
        make_directories(circumstances.output);
        log::info(fmt::format("building in {}{}", circumstances.output.string(),
                              circumstances.clock.empty() ? "" : ", where the clock says " + circumstances.clock));
        process::Command command = pystacks::verify::build_command(build, circumstances);
        command.log = work / (circumstances.output.filename().string() + ".log");
        process::run_checked(command, "cannot build " + options.packages.front().string());
    }
    const std::vector<Check> checks =
        pystacks::verify::reproducible_checks(first.output, second.output, {program, "compare"});
    return run_and_report(options, checks, options.packages.front().string() + ", built twice", started);
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("PACKAGES", options.packages, "packages, or folders of them; with --reproducible a stack")
        .required();
    app.add_option("--only", options.only, "run these checks alone; * and ? stand for characters")
        .type_name("CHECK")
        .one_value();
    app.add_option("--skip", options.skip, "leave these checks out").type_name("CHECK").one_value();
    app.add_flag("--list", options.list, "say which checks there are, and run none");
    app.add_option("--regrtest", options.regrtest, "CPython's tests: quick, full, none, or names")
        .type_name("quick|full|none|TESTS")
        .show_default();
    app.add_option("--upgrade", options.upgrade, "packages of the next release, for the upgrade check")
        .type_name("DIR");
    app.add_option("--rpmlintrc", options.rpmlintrc, "what rpmlint shall not report").type_name("FILE");
    app.add_option("--root", options.root, "use this root, where the packages are installed").type_name("DIR");
    app.add_flag("--json", options.json, "print the results as JSON");
    app.add_option("--junit", options.junit, "write the results as JUnit XML too").type_name("FILE");
    app.add_option("--html", options.html, "write the results as a page too").type_name("FILE");
    app.add_flag("--unaffected", options.unaffected,
                 "of two folders, built with and without the debug configuration: are all other packages the same?");
    app.add_flag("--reproducible", options.reproducible,
                 "build a stack twice, under unlike circumstances: are all packages the same bytes?");
    app.add_option("--work", options.work, "with --reproducible: folder for both builds")
        .type_name("DIR")
        .show_default();
    app.add_option("--sources", options.sources, "with --reproducible: a folder to look for sources in first")
        .type_name("DIR");
    add_switches(app, options.switches);
    app.add_flag("--shell", options.shell, "install, then open a shell in the scratch root");
    app.add_option("-j,--jobs", options.jobs, "checks at a time").in_range(1, 1024).type_name("N");
}

int run(const Options& options) {
    if (options.reproducible) return build_twice(options);
    // Nothing is mounted for what cannot be read.
    for (const fs::path& package : options.packages) {
        if (fs::exists(package)) continue;
        throw Error(ErrorKind::usage, "cannot verify", package, "there is no such file or folder",
                    "give packages, or a folder of them, such as dist/RPMS");
    }
    if (options.unaffected) return compare_folders(options);
    const host::Host host = host::Host::look();
    if (options.root.empty()) {
        host::require_nothing_missing(host::missing_programs({host::Use::verify}), host, "cannot verify", "");
    }
    const TemporaryDirectory folder(temporary_folder(), "pystacks-verify");
    // What is written there is brought to its place by this process, which has seen nothing of the packages.
    const TemporaryDirectory reports(temporary_folder(), "pystacks-reports");
    Options inner = options;
    if (!options.junit.empty()) inner.junit = reports.path() / "junit.xml";
    if (!options.html.empty()) inner.html = reports.path() / "page.html";
    if (options.shell) std::signal(SIGINT, SIG_IGN);  // Ctrl-C is for what runs in the shell
    const int code = process::run_isolated([&] {
        return guarded([&] {
            process::protect_machine(reports.path(), {folder.path()});
            return verify_in(folder.path(), inner, host);
        });
    });
    publish(inner.junit, options.junit);
    publish(inner.html, options.html);
    return code;
}

}  // namespace pystacks::cli::verify
