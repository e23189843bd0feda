#include "verify/unaffected.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/hash.hpp"
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
std::string file_difference(const PackageFile& without, const PackageFile& with) {
    constexpr unsigned permissions = 07777;
    if ((without.mode & ~permissions) != (with.mode & ~permissions)) return "is of another type";
    if (without.digest != with.digest || without.size != with.size) {
        return fmt::format("has other content ({} and {} bytes)", without.size, with.size);
    }
    if (without.mode != with.mode) {
        return fmt::format("has mode {:04o}, with debug {:04o}", without.mode & permissions, with.mode & permissions);
    }
    if (without.user != with.user || without.group != with.group) {
        return "belongs to " + without.user + ":" + without.group + ", with debug " + with.user + ":" + with.group;
    }
    if (without.link_target != with.link_target) {
        return "links to " + without.link_target + ", with debug " + with.link_target;
    }
    if (without.capabilities != with.capabilities) return "has other capabilities";
    return {};
}

/// The same of what rpm writes beside a file.
std::string record_difference(const PackageFile& without, const PackageFile& with) {
    if (without.flags != with.flags) return "is marked differently (%config, %doc, %ghost …)";
    if (without.mtime != with.mtime) return fmt::format("has the time {}, with debug {}", without.mtime, with.mtime);
    return {};
}

enum class Extra { allowed, forbidden };

/// What a file is comes before what is recorded of it: not every finding is shown.
void compare_files(const Package& without, const Package& with, Extra extra, FindingList& findings) {
    std::vector<std::string> records;
    std::map<std::string, const PackageFile*> there;
    for (const PackageFile& file : with.files) there.emplace(file.path, &file);
    for (const PackageFile& file : without.files) {
        const auto found = there.find(file.path);
        if (found == there.end()) {
            findings.add(file.path + " is missing with debug");
            continue;
        }
        const std::string difference = file_difference(file, *found->second);
        if (!difference.empty()) findings.add(file.path + " " + difference);
        const std::string record = record_difference(file, *found->second);
        if (!record.empty()) records.push_back(file.path + " " + record);
        there.erase(found);
    }
    if (extra == Extra::forbidden) {
        for (const auto& [path, file] : there) findings.add(path + " is there only with debug");
    }
    for (std::string& record : records) findings.add(std::move(record));
}

std::set<std::string> texts(const std::vector<rpm::Dependency>& dependencies) {
    std::set<std::string> result;
    for (const rpm::Dependency& dependency : dependencies) result.insert(dependency.text);
    return result;
}

void compare_dependencies(const Package& without, const Package& with, FindingList& findings) {
    for (std::size_t index = 0; index < rpm::dependency_kinds; ++index) {
        const std::string kind{rpm::name_of(static_cast<rpm::DependencyKind>(index))};
        const auto before = texts(without.dependencies.at(index));
        const auto after = texts(with.dependencies.at(index));
        for (const std::string& text : before) {
            if (after.count(text) == 0) findings.add(kind + ": " + text + " is missing with debug");
        }
        for (const std::string& text : after) {
            if (before.count(text) == 0) findings.add(kind + ": " + text + " is there only with debug");
        }
    }
    if (without.scriptlets != with.scriptlets) findings.add("the scriptlets or triggers differ");
}

/// rpm numbers the files of a package, those that %exclude takes out, too: they leave gaps, which nothing ever sees.
bool numbered_otherwise(const Package& without, const Package& with) {
    const auto number = [](const rpm::PackageFile& file) { return file.inode; };
    return !std::ranges::equal(without.files, with.files, {}, number, number);
}

Verdict compare_packages(const Package& without, const Package& with) {
    if (content_digest_file(without.file) == content_digest_file(with.file)) {
        return Verdict::pass(fmt::format("the same bytes, {} files", without.files.size()));
    }
    const bool debuginfo = scratch::role_of(without) == scratch::Role::debuginfo;
    FindingList findings;
    compare_files(without, with, debuginfo ? Extra::allowed : Extra::forbidden, findings);
    if (!debuginfo) compare_dependencies(without, with, findings);
    if (findings.empty() && debuginfo) {
        return Verdict::pass(fmt::format("all {} files unchanged, {} more with debug", without.files.size(),
                                         with.files.size() - without.files.size()));
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
    return findings.verdict("", "differences", "the package is the same with and without the debug configuration");
}

}  // namespace

std::vector<Check> same_package_checks(const std::vector<fs::path>& with, const std::vector<fs::path>& without) {
    const auto all_with = std::make_shared<scratch::PackageSet>(scratch::PackageSet::read(with));
    const auto all_without = std::make_shared<scratch::PackageSet>(scratch::PackageSet::read(without));
    if (!all_without->of(scratch::Role::debug).empty()) {
        throw Error(ErrorKind::usage, "cannot compare", without.front().string(), "there is a -debug package in it",
                    "the second folder is the one that was built with `--define 'with_debug_build 0'`");
    }
    std::vector<Check> checks;
    for (const Package& package : all_without->all()) {
        if (package.is_source) continue;
        checks.push_back({"unaffected." + package.name, "the package is the same with and without -debug",
                          [all_with, all_without, &package] {
                              const Package* other = all_with->counterpart(package);
                              if (other != nullptr) return compare_packages(package, *other);
                              return Verdict::fail("it is missing with debug", package.nevra(), "no such package");
                          }});
    }
    for (const Package& package : all_with->all()) {
        if (package.is_source || scratch::role_of(package) == scratch::Role::debug) continue;
        if (all_without->counterpart(package) != nullptr) continue;
        checks.push_back(
            {"unaffected." + package.name, "the package is the same with and without -debug", [all_with, &package] {
                 return Verdict::fail("it is there only with debug", "no such package", package.nevra());
             }});
    }
    return checks;
}

std::vector<Check> unaffected_checks(const std::vector<fs::path>& with, const std::vector<fs::path>& without) {
    std::vector<Check> checks = same_package_checks(with, without);
    if (scratch::PackageSet::read(with).of(scratch::Role::debug).empty()) {
        throw Error(ErrorKind::usage, "cannot compare", with.front().string(), "there is no -debug package in it",
                    "the first folder is the one that was built with the debug configuration");
    }
    return checks;
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
