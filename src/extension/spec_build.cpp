#include "extension/spec_build.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/given_path.hpp"
#include "findings/check_run.hpp"
#include "host/data_folders.hpp"
#include "host/missing.hpp"
#include "process/isolation.hpp"
#include "report/phase.hpp"
#include "scratch/inside.hpp"
#include "scratch/package_set.hpp"
#include "verify/unaffected.hpp"

namespace pystacks::extension {
namespace {

constexpr const char* without_debug = "without-debug_build";
constexpr const char* without_debug_again = "without-debug_build-again";

/// What a build has written.
struct Built {
    std::vector<fs::path> packages;
    std::vector<rpm::Package> binary;
    bool has_debug = false;

    [[nodiscard]] std::vector<fs::path> binary_files() const {
        std::vector<fs::path> paths;
        for (const rpm::Package& package : binary) paths.push_back(package.file);
        return paths;
    }
};

Built look_at(std::vector<fs::path> packages) {
    Built built;
    for (const fs::path& path : packages) {
        rpm::Package package = rpm::read_package(path);
        if (package.is_source) continue;
        built.binary.push_back(std::move(package));
    }
    built.has_debug = !scratch::PackageSet(built.binary).variants().empty();
    built.packages = std::move(packages);
    return built;
}

PackageBuild package_build(std::string spec, const SpecBuildRequest& request, const host::Host& host) {
    PackageBuild build;
    build.spec = std::move(spec);
    build.with = request.spec.switches.with;
    build.without = request.spec.switches.without;
    build.defines = request.spec.switches.defines;
    build.run_check = request.run_check;
    // rpm's database does not know what a host of other packages has.
    build.check_build_requires = host.family() == host::Host::Family::rpm;
    return build;
}

/// One spec in one root, and who is told how far it is.
struct Work {
    fs::path topdir;
    std::string lane;  ///< the spec's name
    const BuildRoot& root;
    report::ProgressSink& display;

    /// rpmbuild once. @returns what was written
    [[nodiscard]] std::vector<fs::path> run(const PackageBuild& build, const std::string& phase) const {
        report::Phase building(display, lane, phase);
        const fs::path log = topdir / "logs" / (lane + "-" + phase + ".log");
        make_directories(log.parent_path());
        std::vector<fs::path> written = build_packages(root, build, topdir, log);
        building.finish();
        return written;
    }

    [[nodiscard]] Built source_and_binaries(PackageBuild build) const {
        build.amount = PackageBuild::Amount::source;
        std::vector<fs::path> written = run(build, "source");
        build.amount = PackageBuild::Amount::binary;
        for (fs::path& package : run(build, "build")) written.push_back(std::move(package));
        return look_at(std::move(written));
    }

    /// To be called in a root without -debug packages. @param with what was built in the other one
    [[nodiscard]] std::vector<findings::Result> compare_without_debug(const PackageBuild& build,
                                                                      const Built& with) const {
        const Built without = build_without_debug(build, without_debug);
        std::vector<findings::Result> results =
            run_all(verify::unaffected_checks(with.binary_files(), without.binary_files()));
        // A build that never gives the same bytes twice says nothing of -debug.
        if (findings::count(results).failed > 0) {
            const Built again = build_without_debug(build, without_debug_again);
            verify::tell_unrepeatable(
                results, run_all(verify::same_package_checks(without.binary_files(), again.binary_files())));
            remove_tree(topdir / without_debug_again);
        }
        return results;
    }

private:
    [[nodiscard]] Built build_without_debug(PackageBuild build, const char* folder) const {
        remove_tree(topdir / folder);
        build.without.emplace_back("debug_build");
        build.rpms = folder;
        return look_at(run(build, folder));
    }

    [[nodiscard]] static std::vector<findings::Result> run_all(const std::vector<findings::Check>& checks) {
        return findings::run_checks(checks, 1, [](const findings::Result&, std::size_t) {});
    }
};

/// When builds of a spec without %changelog entries are: when the caller says, or when the input was last changed.
std::int64_t build_time(const fs::path& input) {
    constexpr int decimal = 10;
    if (const char* given = std::getenv("SOURCE_DATE_EPOCH")) return std::strtoll(given, nullptr, decimal);
    struct stat status {};
    if (::stat(input.c_str(), &status) != 0) throw system_error(errno, "cannot build", input.string());
    return status.st_mtim.tv_sec;
}

/// Nothing is mounted for what is not there.
void require_inputs(const SpecBuildRequest& request) {
    const fs::path& input = request.spec.input;
    const bool named = input.extension() == ".spec" || input.extension() == ".rpm";
    const auto require = [](const fs::path& path, std::string problem, const char* hint) {
        if (!problem.empty()) throw Error(ErrorKind::usage, "cannot build", path.string(), std::move(problem), hint);
    };
    require(input, named ? problem_of_input(input, Wanted::file) : "it is neither a spec nor an SRPM, by its name",
            "give NAME.spec or NAME.src.rpm");
    for (const fs::path& stack : request.stacks) {
        require(stack, problem_of_input(stack, Wanted::either),
                "--stack takes the packages that pystacks build wrote, such as dist/RPMS");
    }
    for (const fs::path& folder : request.spec.sources) {
        require(folder, problem_of_input(folder, Wanted::folder),
                "--sources takes the folder that has the sources and patches");
    }
}

/// rpm, its scripts and dnf run in a root whose lowest layer is this machine.
host::Host able_host(const SpecBuildRequest& request) {
    require_inputs(request);
    host::Host host = host::Host::look();
    host::require_nothing_missing(host::missing_programs({host::Use::build, host::Use::extension}), host,
                                  "cannot build", "");
    return host;
}

const fs::path& made(const fs::path& folder) {
    make_directories(folder);
    return folder;
}

}  // namespace

bool SpecBuildResult::passed() const { return audit.passed() && findings::count(unaffected).failed == 0; }

SpecBuild::SpecBuild(SpecBuildRequest request)
    : request_(std::move(request)),
      topdir_(fs::absolute(request_.spec.output).lexically_normal()),
      host_(able_host(request_)),
      nobody_elses_(made(topdir_)),
      folder_(temporary_folder(), "pystacks-extension"),
      temporary_(temporary_folder(), "pystacks-audit") {}

EnteredSpecBuild SpecBuild::enter() const {
    process::protect_machine(temporary_.path(), {folder_.path(), topdir_});
    // Scripts of an earlier build may have left links in there.
    return {*this, package_build(bring_spec(request_.spec, topdir_), request_, host_)};
}

EnteredSpecBuild::EnteredSpecBuild(const SpecBuild& started, PackageBuild build)
    : started_(started), build_(std::move(build)) {}

BuildRootRequest EnteredSpecBuild::root_request() const {
    const host::DataFolders data = host::data_folders();
    BuildRootRequest request;
    request.stacks = started_.request_.stacks;
    request.python = started_.request_.python;
    request.wheels = started_.request_.wheels;
    request.topdir = started_.topdir_;
    request.program = host::executable_path();
    request.templates = data.templates;
    request.macros = data.macros_file.parent_path();
    request.host_version = [&host = started_.host_](const std::string& package) { return host.version(package); };
    return request;
}

std::string EnteredSpecBuild::lane() const { return fs::path(build_.spec).stem().string(); }

void EnteredSpecBuild::install(report::ProgressSink& display) {
    report::Phase installing(display, lane(), "install");
    root_.emplace(started_.folder_.path(), root_request());
    installing.finish();
    gather_sources(*root_, build_, started_.topdir_, folders_of_sources(started_.request_.spec));
    if (!has_changelog(*root_, build_)) build_.source_date_epoch = build_time(started_.request_.spec.input);
}

std::vector<std::string> EnteredSpecBuild::command() const { return rpmbuild_command(root_.value(), build_); }

int EnteredSpecBuild::shell() const { return scratch::enter(root_.value().layer(), {}); }

SpecBuildResult EnteredSpecBuild::build(report::ProgressSink& display) {
    const fs::path& topdir = started_.topdir_;
    require_plain_sources(started_.request_.spec, topdir, build_.spec);
    install(display);
    Built built = Work{topdir, lane(), *root_, display}.source_and_binaries(build_);
    SpecBuildResult result;
    result.has_debug = built.has_debug;
    if (started_.request_.compare_without_debug && built.has_debug) {
        const BuildRoot untouched = root_->without_debug_packages(root_request());
        result.unaffected = Work{topdir, lane(), untouched, display}.compare_without_debug(build_, built);
    }
    // What is left there has done its work; after a failure it can be looked at.
    for (const char* left : {"BUILD", "BUILDROOT"}) remove_tree(topdir / left);
    result.audit = audit_packages(built.binary);
    result.packages = std::move(built.packages);
    return result;
}

}  // namespace pystacks::extension
