#include "extension/build_root.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/error.hpp"
#include "base/expression.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "extension/debug_files.hpp"
#include "process/command.hpp"
#include "python/file_evidence.hpp"
#include "scratch/inside.hpp"

namespace pystacks::extension {
namespace {

constexpr const char* cannot_prepare = "cannot prepare the build root";

/// The version of "/usr/bin/python3.13d"; empty for what is no interpreter's name, and for "python3".
std::string version_in(const std::string& path) {
    static const Expression command(R"(.*/bin/python([0-9]+\.[0-9]+)(t?d?|-debug|_d))");
    const auto groups = command.groups_of(path);
    return groups ? (*groups)[1] : std::string();
}

/// The interpreters of a configuration, by their versions. Links are other names of one.
std::map<std::string, std::string> interpreters_of(const scratch::PackageSet& packages,
                                                   const scratch::PackagedConfiguration& configuration) {
    std::map<std::string, std::string> found;
    for (const rpm::Package* package : packages.of_configuration(configuration.name)) {
        for (const rpm::PackageFile& file : package->files) {
            if (!file.is_regular() || python::traits_of_file(file.path) != configuration.traits) continue;
            if (const std::string version = version_in(file.path); !version.empty())
                found.try_emplace(version, file.path);
        }
    }
    return found;
}

InterpreterPair chosen_pair(const std::vector<InterpreterPair>& pairs, const std::string& wanted) {
    if (pairs.empty()) {
        throw Error(ErrorKind::usage, cannot_prepare, "--stack",
                    "no interpreter in these packages has a debug interpreter beside it",
                    "give all packages of a stack, python3.13-debug too, as pystacks build makes them");
    }
    if (wanted.empty() && pairs.size() == 1) return pairs.front();
    std::vector<std::string> releases;
    for (const InterpreterPair& each : pairs) {
        if (each.release == wanted) return each;
        releases.push_back(each.release);
    }
    throw Error(ErrorKind::usage, cannot_prepare, wanted.empty() ? "--stack" : wanted,
                wanted.empty() ? "there are several interpreters to build with"
                               : "the stack has no such interpreter with a debug interpreter beside it",
                "choose one with --python: " + join(releases, ", "));
}

std::vector<fs::path> wheels_in(const std::vector<fs::path>& paths) {
    std::vector<fs::path> found;
    for (const fs::path& path : paths) {
        const std::size_t before = found.size();
        if (fs::is_directory(path)) {
            for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
                if (entry.path().extension() == ".whl") found.push_back(entry.path());
            }
        } else if (fs::exists(path)) {
            found.push_back(path);
        }
        if (found.size() == before) {
            throw Error(ErrorKind::usage, cannot_prepare, path.string(), "there is no wheel",
                        "--wheels takes files, or folders of them");
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

std::vector<InterpreterPair> interpreter_pairs(const scratch::PackageSet& packages, python::Traits traits) {
    std::vector<InterpreterPair> pairs;
    for (const scratch::PackagedConfiguration* variant : packages.variants()) {
        const scratch::PackagedConfiguration* base = packages.configuration(variant->variant_of);
        if (variant->traits != traits || base == nullptr) continue;
        const std::map<std::string, std::string> releases = interpreters_of(packages, *base);
        for (const auto& [version, path] : interpreters_of(packages, *variant)) {
            const auto release = releases.find(version);
            if (release != releases.end()) pairs.push_back({release->second, path, variant->name});
        }
    }
    std::sort(pairs.begin(), pairs.end(),
              [](const InterpreterPair& a, const InterpreterPair& b) { return a.release < b.release; });
    return pairs;
}

BuildRoot::Installed::Installed(const fs::path& folder, const BuildRootRequest& request)
    : stacks(scratch::PackageSet::read(request.stacks)),
      pair(chosen_pair(interpreter_pairs(stacks, python::debug_traits), request.python)),
      root(folder) {
    root.install(stacks, request.host_version);
}

BuildRoot::BuildRoot(const fs::path& folder, const BuildRootRequest& request)
    : BuildRoot(std::make_shared<Installed>(folder, request), request) {
    // What the configuration's own layer holds; layers below it hold what it is a variant of.
    bring_debug_files(*layer_, installed_->root.written_by(installed_->pair.configuration));
}

BuildRoot::BuildRoot(std::shared_ptr<Installed> installed, const BuildRootRequest& request)
    : installed_(std::move(installed)), layer_(installed_->root.base_layer()) {
    layer_->bind(request.topdir, topdir_inside);
    make_bash_the_shell();
    show_pystacks(request);
    install_build_tools(wheels_in(request.wheels));
}

BuildRoot BuildRoot::without_debug_packages(const BuildRootRequest& request) const {
    return BuildRoot(installed_, request);
}

bool BuildRoot::python2() const { return fs::path(python()).filename().string().starts_with("python2"); }

std::string BuildRoot::evaluated(const std::string& text) const {
    const scratch::InnerOutcome outcome = scratch::run_inside(*layer_, {.arguments = {"/usr/bin/rpm", "--eval", text}});
    if (!outcome.how.succeeded()) throw Error(cannot_prepare, "rpm", "it " + outcome.how.describe());
    return std::string(trim(outcome.output));
}

void BuildRoot::make_bash_the_shell() const {
    // Specs, and scripts that rpm itself brings (brp-compress), count on bash, which is /bin/sh in rpm's distributions.
    const fs::path shell = layer_->root() / "usr/bin/sh";
    if (!fs::exists(layer_->root() / "usr/bin/bash") || !fs::is_symlink(shell)) return;
    fs::remove(shell);
    fs::create_symlink("bash", shell);
}

void BuildRoot::show_pystacks(const BuildRootRequest& request) const {
    // Shown, not copied: the root is in memory, and a program with its debug information has hundreds of megabytes.
    layer_->show(request.program, "/usr/bin/pystacks");
    const fs::path data = "/usr/share/pystacks";
    layer_->show(request.templates, data / "templates");
    layer_->show(request.macros, data / "macros");
    const fs::path rpm = evaluated("%{_rpmconfigdir}");
    for (const char* name : {"macros.pydebug", "macros.pydebug-compat"}) {
        layer_->show(request.macros / name, rpm / "macros.d" / name);
    }
    const fs::path beside = request.macros.parent_path();
    // The module, and the folder of what it is made of.
    for (const char* name : {"pydebug.lua", "pydebug"}) layer_->show(beside / "lua" / name, rpm / "lua" / name);
    const char* attribute = "pydebug.attr";
    layer_->show(beside / "fileattrs" / attribute, rpm / "fileattrs" / attribute);
}

void BuildRoot::run_python(std::vector<std::string> arguments, const std::string& attempted) const {
    arguments.insert(arguments.begin(), python());
    constexpr double ten_minutes = 600;
    const scratch::InnerOutcome outcome =
        scratch::run_inside(*layer_, {.arguments = std::move(arguments), .time_limit_seconds = ten_minutes});
    if (outcome.how.succeeded()) return;
    throw Error(attempted, python(), "it " + outcome.how.describe() + "\n" + std::string(trim(outcome.errors)));
}

void BuildRoot::install_build_tools(const std::vector<fs::path>& wheels) const {
    // Where the packages given do not have it as a package, what CPython itself carries: pip, up to 3.11 setuptools,
    // and in later versions setuptools among the data of its tests.
    const scratch::InnerOutcome pip = scratch::run_inside(*layer_, {.arguments = {python(), "-c", "import pip"}});
    if (!pip.how.succeeded()) run_python({"-m", "ensurepip"}, "cannot install pip into the build root");
    std::vector<std::string> inside;
    const scratch::InnerOutcome setuptools =
        scratch::run_inside(*layer_, {.arguments = {python(), "-c", "import setuptools"}});
    if (!setuptools.how.succeeded()) {
        for (const rpm::Package& package : installed_->stacks.all()) {
            for (const rpm::PackageFile& file : package.files) {
                const fs::path path = file.path;
                const bool ours =
                    path.string().find("/" + fs::path(python()).filename().string() + "/") != std::string::npos;
                if (ours && path.extension() == ".whl" && path.filename().string().starts_with("setuptools-")) {
                    inside.push_back(path.string());
                }
            }
        }
    }
    for (const fs::path& wheel : wheels) {
        const fs::path shown = fs::path("/builddir/wheels") / wheel.filename();
        layer_->show(wheel, shown);
        inside.push_back(shown.string());
    }
    if (inside.empty()) return;
    std::vector<std::string> arguments{
        "-m", "pip", "install", "--no-index", "--no-deps", "--quiet", "--disable-pip-version-check", "--no-cache-dir"};
    arguments.insert(arguments.end(), inside.begin(), inside.end());
    run_python(std::move(arguments), "cannot install wheels into the build root");
}

}  // namespace pystacks::extension
