#include "verify/unaffected.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "findings/finding_list.hpp"
#include "scratch/package_set.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::FindingList;
using findings::Result;
using findings::Status;
using findings::Verdict;

namespace fs = std::filesystem;
using rpm::Package;
using rpm::PackageFile;

/// In what a file differs, as words: "mode 0644, with debug 0600"; empty when in nothing.
/// @param first what the first build is called: "with debug"
std::string file_difference(const PackageFile& without, const PackageFile& with, const std::string& first) {
    constexpr unsigned permissions = 07777;
    if ((without.mode & ~permissions) != (with.mode & ~permissions)) return "is of another type";
    if (without.digest != with.digest || without.size != with.size) {
        return fmt::format("has other content ({} and {} bytes)", without.size, with.size);
    }
    if (without.mode != with.mode) {
        return fmt::format("has mode {:04o}, {} {:04o}", without.mode & permissions, first, with.mode & permissions);
    }
    if (without.user != with.user || without.group != with.group) {
        return "belongs to " + without.user + ":" + without.group + ", " + first + " " + with.user + ":" + with.group;
    }
    if (without.link_target != with.link_target) {
        return "links to " + without.link_target + ", " + first + " " + with.link_target;
    }
    if (without.capabilities != with.capabilities) return "has other capabilities";
    return {};
}

/// The same of what rpm writes beside a file.
std::string record_difference(const PackageFile& without, const PackageFile& with, const std::string& first) {
    if (without.flags != with.flags) return "is marked differently (%config, %doc, %ghost …)";
    if (without.mtime != with.mtime) return fmt::format("has the time {}, {} {}", without.mtime, first, with.mtime);
    return {};
}

enum class Extra { allowed, forbidden };

/// What a file is comes before what is recorded of it: not every finding is shown.
void compare_files(const Package& without, const Package& with, Extra extra, const std::string& first,
                   FindingList& findings) {
    std::vector<std::string> records;
    std::map<std::string, const PackageFile*> there;
    for (const PackageFile& file : with.files) there.emplace(file.path, &file);
    for (const PackageFile& file : without.files) {
        const auto found = there.find(file.path);
        if (found == there.end()) {
            findings.add(file.path + " is missing " + first);
            continue;
        }
        const std::string difference = file_difference(file, *found->second, first);
        if (!difference.empty()) findings.add(file.path + " " + difference);
        const std::string record = record_difference(file, *found->second, first);
        if (!record.empty()) records.push_back(file.path + " " + record);
        there.erase(found);
    }
    if (extra == Extra::forbidden) {
        for (const auto& [path, file] : there) findings.add(path + " is there only " + first);
    }
    for (std::string& record : records) findings.add(std::move(record));
}

std::set<std::string> texts(const std::vector<rpm::Dependency>& dependencies) {
    std::set<std::string> result;
    for (const rpm::Dependency& dependency : dependencies) result.insert(dependency.text);
    return result;
}

void compare_dependencies(const Package& without, const Package& with, const std::string& first,
                          FindingList& findings) {
    for (std::size_t index = 0; index < rpm::dependency_kinds; ++index) {
        const std::string kind{rpm::name_of(static_cast<rpm::DependencyKind>(index))};
        const auto before = texts(without.dependencies.at(index));
        const auto after = texts(with.dependencies.at(index));
        for (const std::string& text : before) {
            if (after.count(text) == 0) findings.add(kind + ": " + text + " is missing " + first);
        }
        for (const std::string& text : after) {
            if (before.count(text) == 0) findings.add(kind + ": " + text + " is there only " + first);
        }
    }
    if (without.scriptlets != with.scriptlets) findings.add("the scriptlets or triggers differ");
}

/// rpm numbers the files of a package, those that %exclude takes out, too: they leave gaps, which nothing ever sees.
bool numbered_otherwise(const Package& without, const Package& with) {
    const auto number = [](const rpm::PackageFile& file) { return file.inode; };
    return !std::ranges::equal(without.files, with.files, {}, number, number);
}

Verdict compare_packages(const Package& without, const Package& with, const std::string& first) {
    if (content_digest_file(without.file) == content_digest_file(with.file)) {
        return Verdict::pass(fmt::format("the same bytes, {} files", without.files.size()));
    }
    const bool debuginfo = scratch::role_of(without) == scratch::Role::debuginfo;
    FindingList findings;
    compare_files(without, with, debuginfo ? Extra::allowed : Extra::forbidden, first, findings);
    if (!debuginfo) compare_dependencies(without, with, first, findings);
    if (findings.empty() && debuginfo) {
        return Verdict::pass(fmt::format("all {} files unchanged, {} more {}", without.files.size(),
                                         with.files.size() - without.files.size(), first));
    }
    if (findings.empty() && numbered_otherwise(without, with)) {
        return Verdict::pass(fmt::format("{} files, the same except for their inode numbers", without.files.size()));
    }
    if (findings.empty()) {
        findings.add(
            "bytes of the header or the payload that belong to no file, dependency or scriptlet: "
            "pystacks compare " +
            without.file.string() + " " + with.file.string());
    }
    return findings.verdict("", "differences", "the package is the same in both builds");
}

constexpr const char* hint_second = "the second folder is the one that was built with `--define 'with_debug_build 0'`";

/// The variants that only the first build has. @throws Error (usage) when only the second has one
std::set<std::string> added_variants(const scratch::PackageSet& with, const scratch::PackageSet& without,
                                     const fs::path& second) {
    std::set<std::string> added;
    for (const scratch::PackagedConfiguration* each : with.variants()) added.insert(each->name);
    for (const scratch::PackagedConfiguration* each : without.variants()) {
        if (added.erase(each->name) != 0) continue;
        throw Error(
            ErrorKind::usage, "cannot compare", second.string(),
            fmt::format("it has packages of the configuration {}, which the first folder does not have", each->name),
            hint_second);
    }
    return added;
}

}  // namespace

std::vector<Check> same_package_checks(const std::vector<fs::path>& with, const std::vector<fs::path>& without) {
    constexpr const char* about = "the package is the same with and without the other configuration";
    const auto all_with = std::make_shared<scratch::PackageSet>(scratch::PackageSet::read(with));
    const auto all_without = std::make_shared<scratch::PackageSet>(scratch::PackageSet::read(without));
    const std::set<std::string> added = added_variants(*all_with, *all_without, without.front());
    const std::string first =
        added.empty() ? "in the first build" : "with " + join(std::vector(added.begin(), added.end()), " and ");
    std::vector<Check> checks;
    for (const Package& package : all_without->all()) {
        if (package.is_source) continue;
        checks.push_back({"unaffected." + package.name, about, [all_with, all_without, first, &package] {
                              const Package* other = all_with->counterpart(package);
                              if (other != nullptr) return compare_packages(package, *other, first);
                              return Verdict::fail("it is missing " + first, package.nevra(), "no such package");
                          }});
    }
    for (const Package& package : all_with->all()) {
        if (package.is_source || all_without->counterpart(package) != nullptr) continue;
        const scratch::PackagedConfiguration* configuration = all_with->configuration_of(package);
        if (configuration != nullptr && added.contains(configuration->name)) continue;
        checks.push_back({"unaffected." + package.name, about, [all_with, first, &package] {
                              return Verdict::fail("it is there only " + first, "no such package", package.nevra());
                          }});
    }
    return checks;
}

std::vector<Check> unaffected_checks(const std::vector<fs::path>& with, const std::vector<fs::path>& without) {
    std::vector<Check> checks = same_package_checks(with, without);
    const scratch::PackageSet first = scratch::PackageSet::read(with);
    const scratch::PackageSet second = scratch::PackageSet::read(without);
    if (!added_variants(first, second, without.front()).empty()) return checks;
    if (first.variants().empty()) {
        throw Error(ErrorKind::usage, "cannot compare", with.front().string(),
                    "no package in it belongs to a configuration other than the base",
                    "the first folder is the one that was built with the debug configuration");
    }
    throw Error(
        ErrorKind::usage, "cannot compare", without.front().string(),
        fmt::format("it has the same configurations as the first folder, {} too", first.variants().front()->name),
        hint_second);
}

void tell_unrepeatable(std::vector<Result>& results, const std::vector<Result>& repeated) {
    for (Result& result : results) {
        const auto same = std::find_if(repeated.begin(), repeated.end(),
                                       [&](const Result& each) { return each.name == result.name; });
        const bool both = same != repeated.end() && same->verdict.status == Status::failed;
        if (result.verdict.status != Status::failed || !both) continue;
        result.verdict.reason = "the build itself is not reproducible, so this says nothing about -debug";
        result.verdict.expected = "two builds without -debug give the same package";
        result.verdict.seen = same->verdict.seen;
    }
}

}  // namespace pystacks::verify
