#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "findings/finding_list.hpp"
#include "verify/checks.hpp"
#include "verify/variant_checks.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::FindingList;
using findings::Needs;
using findings::Verdict;

using rpm::DependencyKind;

/// rpm lets two packages have one path when it is the same file to the byte.
Verdict conflicts(const scratch::PackageSet& packages) {
    std::map<std::string, std::pair<const rpm::Package*, const rpm::PackageFile*>> first;
    FindingList findings;
    std::size_t shared = 0;
    for (const rpm::Package& package : packages.all()) {
        if (package.is_source) continue;
        for (const rpm::PackageFile& file : package.files) {
            const auto [place, is_new] = first.try_emplace(file.path, &package, &file);
            if (is_new) continue;
            const auto& [other, same] = place->second;
            if (!file.is_directory()) ++shared;
            if (file.mode != same->mode || file.user != same->user || file.group != same->group ||
                file.digest != same->digest || file.link_target != same->link_target) {
                findings.add(fmt::format("{}: in {} and {}", file.path, other->name, package.name));
            }
        }
    }
    return findings.verdict(
        fmt::format("{} paths; {} files are in two packages, the same in both", first.size(), shared),
        "paths with different files in two packages", "a path in two packages is the same file in both");
}

/// What is wrong with a mode or an owner; empty when nothing is.
std::string unusual(const rpm::PackageFile& file) {
    constexpr unsigned permissions = 07777;
    const unsigned mode = file.mode & permissions;
    if (file.user != "root" || file.group != "root") return "belongs to " + file.user + ":" + file.group;
    if (!file.capabilities.empty()) return "has capabilities: " + file.capabilities;
    if (file.is_symlink()) return {};
    // Executable for all or for none, and writable for root alone.
    const bool usual = mode == 0755 || mode == 0555 || (!file.is_directory() && (mode == 0644 || mode == 0444));
    return usual ? std::string() : fmt::format("has mode {:04o}", mode);
}

Verdict modes(const scratch::PackageSet& packages) {
    FindingList findings;
    std::size_t count = 0;
    for (const rpm::Package& package : packages.all()) {
        if (package.is_source) continue;
        for (const rpm::PackageFile& file : package.files) {
            ++count;
            const std::string what = unusual(file);
            if (!what.empty()) findings.add(file.path + " (" + package.name + ") " + what);
        }
    }
    return findings.verdict(fmt::format("{} files and folders", count), "files with unusual modes or owners",
                            "root:root, mode 0755 or 0644 (or without the write bit), no set-id bits or capabilities");
}

std::string full_version(const rpm::Package& package) {
    return (package.epoch.empty() ? "" : package.epoch + ":") + package.version + "-" + package.release;
}

/// Whether @p package requires @p other exactly as it was built, for the same architecture.
bool in_lockstep(const rpm::Package& package, const rpm::Package& other) {
    for (const rpm::Dependency& dependency : package.of(DependencyKind::requires_)) {
        const bool named = dependency.name == other.name || dependency.name.starts_with(other.name + "(");
        if (named && dependency.text.ends_with(" = " + full_version(other))) return true;
    }
    return false;
}

/// Whether there is anything in the package that a variant could share. python-unversioned-command has only links:
/// whoever installs -debug need not have /usr/bin/python.
bool has_contents(const rpm::Package& package) {
    return std::any_of(package.files.begin(), package.files.end(),
                       [](const rpm::PackageFile& file) { return !file.is_symlink() && !file.is_directory(); });
}

/// A variant shares files with what it is a variant of, so it fits only those that it was built with.
Verdict lockstep(const scratch::PackageSet& packages, const Variant& variant) {
    const std::string& name = variant.itself.name;
    FindingList findings;
    std::size_t count = 0;
    for (const rpm::Package* own : packages.of_configuration(name)) {
        for (const rpm::Package* other : packages.of_configuration(variant.of.name)) {
            if (!has_contents(*other)) continue;
            ++count;
            if (!in_lockstep(*own, *other)) {
                findings.add(fmt::format("{} does not require {} = {}", own->name, other->name, full_version(*other)));
            }
        }
    }
    if (count == 0) return Verdict::not_run(fmt::format("no package of {} has files", variant.of.name));
    return findings.verdict(
        fmt::format("{} requires {} packages of the same build", name, count),
        fmt::format("packages that {} does not require", name),
        fmt::format("{} requires every package of {} that has files, at its own version and release", name,
                    variant.of.name));
}

/// A stack is one build: all packages have one source, version and architecture.
Verdict one_build(const scratch::PackageSet& packages) {
    std::map<std::string, std::vector<std::string>> builds;
    for (const rpm::Package& package : packages.all()) {
        if (!package.is_source) builds[package.source_rpm + " " + full_version(package)].push_back(package.name);
    }
    FindingList findings;
    if (builds.size() > 1) {
        for (const auto& [build, names] : builds) findings.add(build + ": " + join(names, ", "));
    }
    return findings.verdict(
        builds.empty() ? "" : fmt::format("{} packages of {}", builds.begin()->second.size(), builds.begin()->first),
        "builds among the packages", "all packages come from one build of one source package");
}

}  // namespace

std::vector<Check> package_checks(Subject& subject) {
    const scratch::PackageSet& packages = subject.packages;
    std::vector<Check> checks{
        {"packages.one-build", "all packages come from one build", [&packages] { return one_build(packages); },
         Needs::headers},
        {"packages.conflicts", "no two packages have different files at one path",
         [&packages] { return conflicts(packages); }, Needs::headers},
        {"packages.modes", "modes and owners are the usual ones", [&packages] { return modes(packages); },
         Needs::headers},
    };
    for (Check& check : checks_of_variants(
             subject, {"packages.lockstep", "{0} requires the packages of {1}, of the same build",
                       [&packages](const Variant& variant) { return lockstep(packages, variant); }, Needs::headers})) {
        checks.push_back(std::move(check));
    }
    return checks;
}

}  // namespace pystacks::verify
