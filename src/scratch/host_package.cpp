#include "scratch/host_package.hpp"

#include <set>
#include <string_view>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "process/command.hpp"
#include "scratch/inside.hpp"

namespace pystacks::scratch {
namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string, std::less<>>;

constexpr const char* attempted = "cannot tell what this host provides";

std::string output_of(process::Command command) {
    command.environment["LC_ALL"] = "C.UTF-8";
    return process::run_checked(command, attempted).output;
}

/// All that the libraries in the dynamic linker's cache provide.
Names library_provides() {
    std::string libraries;
    const std::string cache = output_of({.arguments = {"/sbin/ldconfig", "-p"}});
    for (const std::string& line : split(cache, '\n')) {
        constexpr std::string_view arrow = " => ";
        const std::size_t at = line.find(arrow);
        if (at != std::string::npos) libraries += line.substr(at + arrow.size()) + "\n";
    }
    std::string elfdeps = std::string(trim(output_of({.arguments = {"rpm", "--eval", "%{_rpmconfigdir}/elfdeps"}})));
    Names result;
    for (const std::string& line :
         split(output_of({.arguments = {std::move(elfdeps), "-P"}, .input = libraries}), '\n')) {
        if (!line.empty()) result.insert(line);
    }
    // glibc's package says this of its dynamic linker by hand: it reads GNU hash tables.
    result.insert("rtld(GNU_HASH)");
    return result;
}

Names provided_among(const PackageSet& packages) {
    Names result;
    for (const rpm::Package& package : packages.all()) {
        for (const rpm::Dependency& provide : package.of(rpm::DependencyKind::provides)) result.insert(provide.name);
        if (package.is_source) continue;
        for (const rpm::PackageFile& file : package.files) result.insert(file.path);
    }
    return result;
}

/// "zlib" of "pkgconfig(zlib)".
std::optional<std::string> pkgconfig_module(std::string_view name) {
    constexpr std::string_view prefix = "pkgconfig(";
    if (!name.starts_with(prefix) || !name.ends_with(')')) return std::nullopt;
    return std::string(name.substr(prefix.size(), name.size() - prefix.size() - 1));
}

std::optional<std::string> host_provide(const std::string& name, const Names& libraries, const HostVersion& version) {
    if (libraries.count(name) > 0) return name;
    if (name.front() == '/') return fs::exists(name) ? std::optional(name) : std::nullopt;
    if (const auto module = pkgconfig_module(name)) {
        const process::Outcome outcome = process::run({.arguments = {"pkg-config", "--modversion", "--", *module}});
        if (outcome.succeeded()) return name + " = " + std::string(trim(outcome.output));
        return std::nullopt;
    }
    if (const auto found = version(name)) return name + " = " + *found;
    return std::nullopt;
}

}  // namespace

std::vector<std::string> host_provides(const PackageSet& packages, const HostVersion& version) {
    const Names among = provided_among(packages);
    Names wanted;
    for (const rpm::Package& package : packages.all()) {
        if (package.is_source) continue;
        for (const rpm::Dependency& dependency : package.of(rpm::DependencyKind::requires_)) {
            const bool rich = dependency.text.starts_with('(');
            if (!dependency.rpmlib && !rich && among.count(dependency.name) == 0) wanted.insert(dependency.name);
        }
    }
    const Names libraries = library_provides();
    std::vector<std::string> result;
    for (const std::string& name : wanted) {
        if (auto provide = host_provide(name, libraries, version)) result.push_back(std::move(*provide));
    }
    return result;
}

fs::path write_host_package(const fs::path& folder, const std::vector<std::string>& provides) {
    constexpr const char* name = "pystacks-verify-host";
    std::string spec = "Name: " + std::string(name) +
                       "\nVersion: 1\nRelease: 1\nSummary: What the host has\nLicense: MIT\nBuildArch: noarch\n";
    for (const std::string& provide : provides) spec += "Provides: " + replace_all(provide, "%", "%%") + "\n";
    spec += "%description\nNames, for dependency resolution.\n%files\n";
    write_file_atomically(folder / (std::string(name) + ".spec"), spec);
    // The names come from packages that are not trusted, and rpm runs macros in a spec.
    const std::string inside = "/mnt/host";
    const InnerCommand build{.arguments = {"rpmbuild", "-bb", "--quiet", "--define", "_topdir " + inside + "/top",
                                           "--define", "_rpmdir " + inside, "--define", "_tmppath " + inside,
                                           "--define", "_rpmfilename %%{NAME}.rpm", inside + "/" + name + ".spec"},
                             .environment = {{"HOME", inside}}};  // where Debian's rpm makes an empty database
    const InnerOutcome outcome = run_reader(folder, build, {{sandbox::Shown::How::writable, folder, inside}});
    if (!outcome.how.succeeded()) {
        throw Error("cannot build the package that represents this host", build.arguments.front(), outcome.reason());
    }
    return folder / (std::string(name) + ".rpm");
}

}  // namespace pystacks::scratch
