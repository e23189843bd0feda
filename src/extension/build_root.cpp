#include "extension/build_root.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "extension/debug_files.hpp"
#include "process/command.hpp"
#include "scratch/inside.hpp"

namespace pystacks::extension {
namespace {

constexpr const char* cannot_prepare = "cannot prepare the build root";

/// "python3.13", but neither "python3" nor "python3.13-config".
bool is_versioned(const std::string& name) {
    constexpr std::string_view prefix = "python";
    if (!name.starts_with(prefix)) return false;
    const std::string version = name.substr(prefix.size());
    return version.find('.') != std::string::npos && version.find_first_not_of("0123456789.") == std::string::npos;
}

std::string chosen_interpreter(const std::vector<std::string>& pairs, const std::string& wanted) {
    if (pairs.empty()) {
        throw Error(ErrorKind::usage, cannot_prepare, "--stack",
                    "no interpreter in these packages has a debug interpreter beside it",
                    "give all packages of a stack, python3.13-debug too, as pystacks build makes them");
    }
    if (wanted.empty() && pairs.size() == 1) return pairs.front();
    if (std::find(pairs.begin(), pairs.end(), wanted) != pairs.end()) return wanted;
    throw Error(ErrorKind::usage, cannot_prepare, wanted.empty() ? "--stack" : wanted,
                wanted.empty() ? "there are several interpreters to build with"
                               : "the stack has no such interpreter with a debug interpreter beside it",
                "choose one with --python: " + join(pairs, ", "));
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

std::vector<std::string> paired_interpreters(const scratch::PackageSet& packages) {
    std::vector<std::string> pairs;
    for (const rpm::Package& package : packages.all()) {
        if (package.is_source) continue;
        for (const rpm::PackageFile& file : package.files) {
            const fs::path path = file.path;
            const bool interpreter = path.parent_path().filename() == "bin" && is_versioned(path.filename().string());
            if (interpreter && packages.file(file.path + "-debug") != nullptr) pairs.push_back(file.path);
        }
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

BuildRoot::Installed::Installed(const fs::path& folder, const BuildRootRequest& request)
    : stacks(scratch::PackageSet::read(request.stacks)),
      python(chosen_interpreter(paired_interpreters(stacks), request.python)),
      root(folder) {
    root.install(stacks, request.host_version);
}

BuildRoot::BuildRoot(const fs::path& folder, const BuildRootRequest& request)
    : BuildRoot(std::make_shared<Installed>(folder, request), request) {
    // What the configuration's own layer holds; layers below it hold what it is a variant of.
    const rpm::Package* owner = installed_->stacks.owner(debug_python());
    const auto* configuration = owner == nullptr ? nullptr : installed_->stacks.configuration_of(*owner);
    if (configuration == nullptr || configuration->is_base()) {
        throw Error(ErrorKind::usage, cannot_prepare, debug_python(),
                    "its package belongs to no configuration of its own",
                    "give the packages of one build, as pystacks build makes them");
    }
    bring_debug_files(*layer_, installed_->root.written_by(configuration->name));
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

std::string BuildRoot::debug_python() const {
    fs::path path = python() + "-debug";
    constexpr int most_links = 8;
    for (int links = 0; links < most_links; ++links) {
        const rpm::PackageFile* file = installed_->stacks.file(path.string());
        if (file == nullptr || !file->is_symlink()) break;
        path = (path.parent_path() / file->link_target).lexically_normal();
    }
    return path.string();
}

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
