#include "cli/extension/build.hpp"

#include <csignal>
#include <memory>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/extension/build_report.hpp"
#include "cli/guarded.hpp"
#include "cli/print.hpp"
#include "cli/switch_options.hpp"
#include "process/isolation.hpp"
#include "report/progress_log.hpp"

namespace pystacks::cli::extension::build {
namespace {

namespace engine = pystacks::extension;

int open_shell(engine::EnteredSpecBuild& build) {
    std::unique_ptr<report::ProgressSink> display = report::make_display();
    build.install(*display);
    display.reset();  // gives the terminal to the shell
    print_aside("to build it: " + shell_join(build.command()) + "\n");
    return build.shell();
}

int build_and_report(engine::EnteredSpecBuild& build, bool as_json) {
    std::unique_ptr<report::ProgressSink> display = report::make_display();
    const engine::SpecBuildResult result = build.build(*display);
    display.reset();  // gives the terminal back before results are printed
    print_result(result, as_json);
    return result.passed() ? 0 : exit_code(ErrorKind::failed);
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("SPEC", options.request.spec.input, "a spec, with debug macros or without, or an SRPM")
        .required()
        .type_name("SPEC|SRPM");
    app.add_option("--stack", options.request.stacks, "packages of the stacks to build with, or folders of them")
        .type_name("DIR")
        .required()
        .one_value();
    app.add_option("--output", options.request.spec.output, "folder for packages, logs and the build")
        .type_name("DIR")
        .show_default();
    app.add_option("--sources", options.request.spec.sources, "a folder to look for sources in, before the spec's own")
        .type_name("DIR")
        .one_value();
    app.add_option("--python", options.request.python, "the release interpreter, where the stacks have several")
        .type_name("PATH");
    app.add_option("--wheels", options.request.wheels,
                   "wheels of build tools, or a folder of them; pip and setuptools are always there")
        .type_name("FILE|DIR")
        .existing()
        .one_value();
    add_switches(app, options.request.spec.switches);
    app.add_flag("--nocheck", options.no_check, "do not run %check");
    app.add_flag("--as-is", options.request.spec.as_is, "build the spec as it is, without adding anything");
    app.add_flag("--unaffected", options.request.compare_without_debug,
                 "build again with the switch off, and compare the release packages");
    app.add_flag("--json", options.json, "print the result as JSON");
    app.add_flag("--shell", options.shell, "instead of building, open a shell in the build root");
    app.exclude("--shell", {"--unaffected", "--json"});
}

int run(const Options& options) {
    engine::SpecBuildRequest request = options.request;
    request.run_check = !options.no_check;
    const engine::SpecBuild started(std::move(request));
    if (options.shell) std::signal(SIGINT, SIG_IGN);  // Ctrl-C is for what runs in the shell
    return process::run_isolated([&] {
        return guarded([&] {
            engine::EnteredSpecBuild build = started.enter();
            return options.shell ? open_shell(build) : build_and_report(build, options.json);
        });
    });
}

}  // namespace pystacks::cli::extension::build
