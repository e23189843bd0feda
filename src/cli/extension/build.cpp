#include "cli/extension/build.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "cli/extension/build_report.hpp"
#include "cli/extension/private_folder.hpp"
#include "cli/extension/spec_to_build.hpp"
#include "cli/guarded.hpp"
#include "cli/print.hpp"
#include "cli/switch_options.hpp"
#include "extension/build_root.hpp"
#include "extension/package_build.hpp"
#include "host/data_folders.hpp"
#include "host/missing.hpp"
#include "process/isolation.hpp"
#include "report/phase.hpp"
#include "report/progress_log.hpp"
#include "scratch/inside.hpp"
#include "verify/results.hpp"
#include "verify/runner.hpp"
#include "verify/unaffected.hpp"

namespace pystacks::cli::extension::build {
namespace {

namespace engine = pystacks::extension;

constexpr const char* without_debug = "without-debug_build";
constexpr const char* without_debug_again = "without-debug_build-again";

engine::BuildRootRequest root_request(const Options& options, const fs::path& topdir, const host::Host& host) {
    const host::DataFolders data = host::data_folders();
    engine::BuildRootRequest request;
    request.stacks = options.stacks;
    request.python = options.python;
    request.wheels = options.wheels;
    request.topdir = topdir;
    request.program = host::executable_path();
    request.templates = data.templates;
    request.macros = data.macros_file.parent_path();
    request.host_version = [&host](const std::string& package) { return host.version(package); };
    return request;
}

engine::PackageBuild package_build(const Options& options, const std::string& spec, const host::Host& host) {
    engine::PackageBuild build;
    build.spec = spec;
    build.with = options.switches.with;
    build.without = options.switches.without;
    build.defines = options.switches.defines;
    build.run_check = !options.no_check;
    // rpm's database does not know what a host of other packages has.
    build.check_build_requires = host.family() == host::Host::Family::rpm;
    return build;
}

/// One spec in one root, and who is told how far it is.
struct Work {
    fs::path topdir;
    std::string lane;  ///< the spec's name
    const engine::BuildRoot& root;
    report::ProgressSink& display;

    /// rpmbuild once. @returns what was written
    [[nodiscard]] std::vector<fs::path> run(const engine::PackageBuild& build, const std::string& phase) const {
        report::Phase building(display, lane, phase);
        const fs::path log = topdir / "logs" / (lane + "-" + phase + ".log");
        make_directories(log.parent_path());
        std::vector<fs::path> written = engine::build_packages(root, build, topdir, log);
        building.finish();
        return written;
    }

    [[nodiscard]] Built source_and_binaries(engine::PackageBuild build) const {
        build.amount = engine::PackageBuild::Amount::source;
        std::vector<fs::path> written = run(build, "source");
        build.amount = engine::PackageBuild::Amount::binary;
        for (fs::path& package : run(build, "build")) written.push_back(std::move(package));
        return look_at(std::move(written));
    }

    /// To be called in a root without -debug packages. @param with what was built in the other one
    [[nodiscard]] std::vector<verify::Result> compare_without_debug(const engine::PackageBuild& build,
                                                                    const Built& with) const {
        const Built without = build_without_debug(build, without_debug);
        std::vector<verify::Result> results =
            run_all(verify::unaffected_checks(binary_packages(with), binary_packages(without)));
        // A build that never gives the same bytes twice says nothing of -debug.
        if (verify::count(results).failed > 0) {
            const Built again = build_without_debug(build, without_debug_again);
            verify::tell_unrepeatable(
                results, run_all(verify::same_package_checks(binary_packages(without), binary_packages(again))));
            remove_tree(topdir / without_debug_again);
        }
        return results;
    }

private:
    [[nodiscard]] Built build_without_debug(engine::PackageBuild build, const char* folder) const {
        remove_tree(topdir / folder);
        build.without.emplace_back("debug_build");
        build.rpms = folder;
        return look_at(run(build, folder));
    }

    [[nodiscard]] static std::vector<verify::Result> run_all(const std::vector<verify::Check>& checks) {
        return verify::run_checks(checks, 1, [](const verify::Result&, std::size_t) {});
    }
};

/// When builds of a spec without %changelog entries are: when the caller says, or when the input was last changed.
std::int64_t build_time(const Options& options) {
    constexpr int decimal = 10;
    if (const char* given = std::getenv("SOURCE_DATE_EPOCH")) return std::strtoll(given, nullptr, decimal);
    struct stat input {};
    if (::stat(options.input.c_str(), &input) != 0) {
        throw system_error(errno, "cannot build", options.input.string());
    }
    return input.st_mtim.tv_sec;
}

int build_in(const fs::path& folder, const Options& options, const fs::path& topdir, const std::string& spec,
             const host::Host& host) {
    std::unique_ptr<report::ProgressSink> display = report::make_display();
    const std::string lane = fs::path(spec).stem().string();
    report::Phase install(*display, lane, "install");
    const engine::BuildRootRequest request = root_request(options, topdir, host);
    const engine::BuildRoot root(folder, request);
    install.finish();

    engine::PackageBuild build = package_build(options, spec, host);
    engine::gather_sources(root, build, topdir, folders_of_sources(options));
    if (!engine::has_changelog(root, build)) build.source_date_epoch = build_time(options);
    if (options.shell) {
        display.reset();
        print_aside("to build it: " + shell_join(engine::rpmbuild_command(root, build)) + "\n");
        return scratch::enter(root.layer(), {});
    }
    const Work work{topdir, lane, root, *display};
    const Built built = work.source_and_binaries(build);
    std::vector<verify::Result> unaffected;
    if (options.unaffected && built.has_debug) {
        const engine::BuildRoot untouched = root.without_debug_packages(request);
        unaffected = Work{topdir, lane, untouched, *display}.compare_without_debug(build, built);
    }
    // What is left there has done its work; after a failure it can be looked at.
    for (const char* left : {"BUILD", "BUILDROOT"}) remove_tree(topdir / left);
    display.reset();  // gives the terminal back before results are printed
    return report(built, unaffected, options.json) ? 0 : exit_code(ErrorKind::failed);
}

/// Nothing is mounted for what is not there.
void require_inputs(const Options& options) {
    const bool named = options.input.extension() == ".spec" || options.input.extension() == ".rpm";
    if (!named || !fs::is_regular_file(options.input)) {
        throw Error(ErrorKind::usage, "cannot build", options.input.string(),
                    named ? "there is no such file" : "it is neither a spec nor an SRPM, by its name",
                    "give NAME.spec or NAME.src.rpm");
    }
    for (const fs::path& stack : options.stacks) {
        if (fs::exists(stack)) continue;
        throw Error(ErrorKind::usage, "cannot build", stack.string(), "there is no such file or folder",
                    "--stack takes the packages that pystacks build wrote, such as dist/RPMS");
    }
    for (const fs::path& folder : options.sources) {
        if (fs::is_directory(folder)) continue;
        throw Error(ErrorKind::usage, "cannot build", folder.string(), "there is no such folder",
                    "--sources takes the folder that has the sources and patches");
    }
}

/// rpm, its scripts and dnf run in a root whose lowest layer is this machine.
void require_programs(const host::Host& host) {
    host::require_nothing_missing(host::missing_programs({host::Use::build, host::Use::extension}), host,
                                  "cannot build", "");
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("SPEC", options.input, "a spec, with debug macros or without, or an SRPM")
        .required()
        .type_name("SPEC|SRPM");
    app.add_option("--stack", options.stacks, "packages of the stacks to build with, or folders of them")
        .type_name("DIR")
        .required()
        .one_value();
    app.add_option("--output", options.output, "folder for packages, logs and the build")
        .type_name("DIR")
        .show_default();
    app.add_option("--sources", options.sources, "a folder to look for sources in, before the spec's own")
        .type_name("DIR")
        .one_value();
    app.add_option("--python", options.python, "the release interpreter, where the stacks have several")
        .type_name("PATH");
    app.add_option("--wheels", options.wheels,
                   "wheels of build tools, or a folder of them; pip and setuptools are always there")
        .type_name("FILE|DIR")
        .existing()
        .one_value();
    add_switches(app, options.switches);
    app.add_flag("--nocheck", options.no_check, "do not run %check");
    app.add_flag("--as-is", options.as_is, "build the spec as it is, without adding anything");
    app.add_flag("--unaffected", options.unaffected,
                 "build again with the switch off, and compare the release packages");
    app.add_flag("--json", options.json, "print the result as JSON");
    app.add_flag("--shell", options.shell, "instead of building, open a shell in the build root");
    app.exclude("--shell", {"--unaffected", "--json"});
}

int run(const Options& options) {
    require_inputs(options);
    const fs::path topdir = fs::absolute(options.output).lexically_normal();
    const host::Host host = host::Host::look();
    require_programs(host);
    make_directories(topdir);
    const PrivateFolder nobody_elses(topdir);
    const TemporaryDirectory folder(temporary_folder(), "pystacks-extension");
    const TemporaryDirectory temporary(temporary_folder(), "pystacks-audit");
    if (options.shell) std::signal(SIGINT, SIG_IGN);  // Ctrl-C is for what runs in the shell
    return process::run_isolated([&] {
        return guarded([&] {
            process::protect_machine(temporary.path(), {folder.path(), topdir});
            // Scripts of an earlier build may have left links in there.
            const std::string spec = bring_spec(options, topdir);
            if (!options.shell) require_plain_sources(options, topdir, spec);
            return build_in(folder.path(), options, topdir, spec, host);
        });
    });
}

}  // namespace pystacks::cli::extension::build
