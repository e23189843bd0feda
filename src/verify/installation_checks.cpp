#include <chrono>
#include <future>
#include <map>
#include <string>
#include <thread>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "findings/finding_list.hpp"
#include "process/command.hpp"
#include "rpm/repository.hpp"
#include "tree/tree.hpp"
#include "verify/checks.hpp"
#include "verify/variant_checks.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;
using findings::FindingList;
using findings::Needs;
using findings::Verdict;

std::vector<std::string> names_of(const std::vector<const rpm::Package*>& packages) {
    std::vector<std::string> names;
    for (const rpm::Package* package : packages) names.push_back(package->name);
    return names;
}

std::vector<std::string> installed_names(const scratch::PackageSet& packages) {
    std::vector<std::string> names;
    for (const scratch::Role role : {scratch::Role::program, scratch::Role::debuginfo}) {
        for (const std::string& name : names_of(packages.of(role))) names.push_back(name);
    }
    return names;
}

scratch::InnerOutcome rpm_on(const scratch::Layer& layer, const std::string& action,
                             const std::vector<std::string>& names) {
    std::vector<std::string> arguments{action, "--"};
    arguments.insert(arguments.end(), names.begin(), names.end());
    return scratch::run_rpm(layer, std::move(arguments));
}

Verdict rpm_verify(const scratch::Layer& layer, const std::vector<std::string>& names) {
    const scratch::InnerOutcome outcome = rpm_on(layer, "--verify", names);
    if (outcome.how.succeeded()) return Verdict::pass(fmt::format("the files of {} packages", names.size()));
    return Verdict::fail("rpm --verify finds differences", "every file is as in its package", outcome.said(),
                         "rpm --verify " + join(names, " "));
}

/// Files that rpm and dnf keep for themselves, and caches that are rebuilt.
/// @param database rpm's, as the host has it
bool is_book_keeping(const std::string& path, const std::string& database) {
    for (const std::string_view folder :
         {std::string_view(database), std::string_view("/var/log"), std::string_view("/var/lib/dnf"),
          std::string_view("/usr/lib/sysimage/libdnf5"), std::string_view("/var/cache"),
          std::string_view("/etc/ld.so.cache")}) {
        if (path == folder || (path.starts_with(folder) && path[folder.size()] == '/')) return true;
    }
    return false;
}

/// Imports all modules of the optimized interpreter once the file /tmp/go is there.
constexpr const char* running_program = R"(
import importlib, os, sys, time
open("/tmp/running", "w").close()
while not os.path.exists("/tmp/go"):
    time.sleep(0.02)
folder = [each for each in sys.path if os.path.basename(each) == "lib-dynload"][0]
files = [name for name in os.listdir(folder) if name.endswith(".so") and not name.endswith("_d.so")]
names = sorted(set(name.split(".")[0] for name in files))
for name in names:
    importlib.import_module(name)
print(len(names))
)";

/// What is different in @p root from how it was without a configuration, of the paths that its installation wrote.
FindingList traces(Subject& subject, const std::string& configuration, const fs::path& root) {
    const std::unique_ptr<scratch::Layer> before = subject.root->layer_without(configuration);
    FindingList findings;
    const std::string database = scratch::rpm_database();
    const tree::Tree written = tree::scan(subject.root->written_by(configuration), subject.threads);
    for (const auto& [path, entry] : written.entries) {
        if (is_book_keeping(path, database)) continue;
        if (subject.installed.owner(path) != nullptr && subject.packages.owner(path) == nullptr) continue;
        const fs::path then = before->root() / fs::path(path).relative_path();
        const fs::path now = root / fs::path(path).relative_path();
        const bool was = fs::exists(fs::symlink_status(then));
        const bool is = fs::exists(fs::symlink_status(now));
        if (is && !was) findings.add(path + " is left behind");
        if (was && !is) findings.add(path + " is gone");
        if (was && is && entry.type == tree::FileType::regular &&
            content_digest_file(then) != content_digest_file(now)) {
            findings.add(path + " has changed");
        }
    }
    return findings;
}

/// Until it is there, a minute at most.
void wait_for_file(const fs::path& path) {
    constexpr int most = 600;
    for (int tenth = 0; tenth < most && !fs::exists(path); ++tenth) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

Verdict erase(Subject& subject, const Variant& variant) {
    const std::string& name = variant.itself.name;
    const std::vector<std::string> names = names_of(subject.packages.of_configuration(name));
    const InstalledInterpreter* of = subject.of(variant.of.name);
    if (of == nullptr) return Verdict::not_run("no package has an interpreter of " + variant.of.name);
    if (subject.root->written_by(name).empty()) {
        return Verdict::not_run(
            fmt::format("pystacks did not make the root (--root), so its state without {} is unknown", name));
    }
    // Without what was installed after it: packages of its own variants may require it.
    const std::unique_ptr<scratch::Layer> layer = subject.root->layer_with(name);
    scratch::InnerCommand program{.arguments = {of->executable, "-u", "-c", running_program}};
    program.time_limit_seconds = 600;
    auto running = std::async(std::launch::async, [&] { return scratch::run_inside(*layer, program); });
    wait_for_file(layer->root() / "tmp/running");
    const scratch::InnerOutcome erased = rpm_on(*layer, "--erase", names);
    write_file_atomically(layer->root() / "tmp/go", "");
    const scratch::InnerOutcome survived = running.get();
    if (!erased.how.succeeded()) {
        return Verdict::fail("rpm cannot erase " + join(names, ", "), "rpm --erase succeeds", erased.said(),
                             "rpm --erase " + join(names, " "));
    }
    if (!survived.how.succeeded()) {
        return Verdict::fail(fmt::format("a running {} interpreter did not survive", variant.of.name),
                             "it imports all its modules", survived.said(), "rpm --erase " + join(names, " "));
    }
    return traces(subject, name, layer->root())
        .verdict(join(names, ", ") + " was removed while an interpreter ran", "traces of " + name,
                 fmt::format("every path is as it was before {} was installed", name),
                 "rpm --erase " + join(names, " "));
}

Verdict upgrade(Subject& subject, const fs::path& folder) {
    const scratch::PackageSet next = scratch::PackageSet::read({folder});
    for (const rpm::Package& package : next.all()) {
        const rpm::Package* now = subject.packages.counterpart(package);
        if (now != nullptr && !package.is_source && now->nevra() == package.nevra()) {
            throw Error("cannot upgrade to", folder.string(), package.nevra() + " is the release under test",
                        "--upgrade takes packages of a later release");
        }
    }
    const std::unique_ptr<scratch::Layer> layer = subject.root->layer();
    const fs::path repository = layer->root().parent_path() / "next/repository";
    rpm::write_repository(repository, scratch::fill_repository(repository, next));
    scratch::run_dnf(*layer, repository, "upgrade", {});
    for (const rpm::Package& package : next.all()) {
        if (package.is_source) continue;
        if (!rpm_on(*layer, "--query", {package.nevra()}).how.succeeded()) {
            return Verdict::fail(package.name + " was not upgraded", package.nevra() + " is installed",
                                 std::string(trim(rpm_on(*layer, "--query", {package.name}).output)));
        }
    }
    return rpm_verify(*layer, installed_names(next));
}

/// specs/NAME/NAME.rpmlintrc of the source package that they were built from; empty when there is none.
fs::path own_filters(const scratch::PackageSet& packages, const fs::path& specs) {
    for (const rpm::Package* package : packages.of(scratch::Role::program)) {
        const std::string ending = "-" + package->version + "-" + package->release + ".src.rpm";
        if (!package->source_rpm.ends_with(ending)) continue;
        const std::string name = package->source_rpm.substr(0, package->source_rpm.size() - ending.size());
        fs::path filters = specs / name / (name + ".rpmlintrc");
        if (fs::exists(filters)) return filters;
    }
    return {};
}

/// It runs programs of this machine on what it unpacks, so it runs in a sandbox. All packages together: it looks into
/// one for what another needs.
/// @param scratch where its messages are kept meanwhile
Verdict rpmlint(const scratch::PackageSet& packages, const fs::path& filters, const fs::path& scratch) {
    using How = sandbox::Shown::How;
    if (!process::find_program("rpmlint")) return Verdict::not_run("this host has no rpmlint");
    constexpr double one_hour = 3600;
    scratch::InnerCommand command{.arguments = {"rpmlint", "--ignore-unused-rpmlintrc"},
                                  .time_limit_seconds = one_hour};
    std::vector<sandbox::Shown> shows;
    std::vector<std::string> as_typed = command.arguments;
    if (!filters.empty()) {
        shows.push_back({How::read_only, fs::absolute(filters), "/mnt/rpmlintrc"});
        command.arguments.insert(command.arguments.end(), {"--rpmlintrc", "/mnt/rpmlintrc"});
        as_typed.insert(as_typed.end(), {"--rpmlintrc", filters.string()});
    }
    for (const rpm::Package& package : packages.all()) {
        const fs::path inside = fs::path("/mnt/packages") / package.file.filename();
        shows.push_back({How::read_only, fs::absolute(package.file), inside});
        command.arguments.push_back(inside.string());
        as_typed.push_back(package.file.string());
    }
    const scratch::InnerOutcome outcome = scratch::run_reader(scratch, command, shows);
    const std::vector<std::string> lines = split(std::string(trim(outcome.errors + outcome.output)), '\n');
    const std::string summary = std::string(trim(lines.back()));
    FindingList findings;
    for (const std::string& line : lines) {
        if (line.find(": E: ") != std::string::npos) findings.add(line);
    }
    if (findings.empty() && summary.find(" 0 errors") == std::string::npos) findings.add(summary);
    return findings.verdict(fmt::format("{} packages without an error", packages.all().size()), "errors of rpmlint",
                            "rpmlint reports no error", shell_join(as_typed));
}

}  // namespace

std::vector<Check> installation_checks(Subject& subject, const VerificationRequest& request) {
    std::vector<Check> checks{
        {"packages.verify",
         "rpm --verify finds every file as in its package",
         [&subject] { return rpm_verify(*subject.root->layer(), installed_names(subject.packages)); },
         Needs::installation,
         {},
         6},
        {"packages.rpmlint",
         "rpmlint reports no error",
         [&subject, given = request.rpmlintrc, specs = request.specs] {
             return rpmlint(subject.packages, given.empty() ? own_filters(subject.packages, specs) : given,
                            subject.root->repository().parent_path());
         },
         Needs::headers,
         {},
         100},
    };
    for (Check& check : checks_of_variants(
             subject, {"packages.erase", "{0} is removed while an interpreter of {1} runs, without a trace",
                       [&subject](const Variant& variant) { return erase(subject, variant); }, Needs::installation,
                       VariantCheck::Interpreters::base, 4})) {
        checks.push_back(std::move(check));
    }
    if (!request.upgrade.empty()) {
        checks.push_back({"packages.upgrade",
                          "the next release replaces this one (with --upgrade)",
                          [&subject, folder = request.upgrade] { return upgrade(subject, folder); },
                          Needs::installation,
                          {},
                          40});
    }
    return checks;
}

}  // namespace pystacks::verify
