#include "verify/preview.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "base/error.hpp"
#include "base/file.hpp"
#include "verify/checks.hpp"
#include "verify/plan_checks.hpp"
#include "verify/selection.hpp"
#include "verify/test_names.hpp"

namespace pystacks::verify {
namespace {

using findings::Check;

using scratch::PackageSet;

constexpr const char* attempted = "cannot verify";
constexpr const char* hint_all = "give all packages of the build, such as the folder dist/RPMS";
constexpr const char* hint_others =
    "give all packages of the build, such as the folder dist/RPMS; --with-packages DIR adds packages of other "
    "builds that they require";

/// "/usr/bin/python3.13", but not "/usr/bin/python3.13-config".
bool is_named_as_interpreter(const rpm::PackageFile& file) {
    return may_be_interpreter(file) && !file.path.ends_with("-config");
}

void require_interpreter(const PackageSet& packages) {
    const rpm::Package& first = packages.all().front();
    const bool sources_alone = std::all_of(packages.all().begin(), packages.all().end(),
                                           [](const rpm::Package& package) { return package.is_source; });
    if (sources_alone) {
        throw Error(ErrorKind::usage, attempted, first.file.string(),
                    "it is a source package, which installs no interpreter",
                    "build it, for example by rpmbuild --rebuild, and give the resulting packages");
    }
    if (!packaged_interpreters(packages).empty()) return;
    throw Error(ErrorKind::usage, attempted, first.file.string(),
                packages.all().size() == 1 ? "it has no interpreter (bin/python...)"
                                           : "neither it nor another package of its build has an interpreter "
                                             "(bin/python...)",
                hint_others);
}

std::string full_version(const rpm::Package& package) {
    return (package.epoch.empty() ? "" : package.epoch + ":") + package.version + "-" + package.release;
}

/// What packages of one build require of each other has the version and release of the build.
void require_whole_build(const GivenPackages& input, const scratch::HostVersion& host_version) {
    std::set<std::string> provided;
    for (const std::vector<rpm::Package>& some : {input.packages.all(), input.others}) {
        for (const rpm::Package& package : some) {
            for (const rpm::Dependency& each : package.of(rpm::DependencyKind::provides)) provided.insert(each.name);
        }
    }
    for (const rpm::Package& package : input.packages.all()) {
        if (package.is_source) continue;
        for (const rpm::Dependency& each : package.of(rpm::DependencyKind::requires_)) {
            const bool own = !each.text.starts_with('(') && each.text.ends_with(" = " + full_version(package));
            if (!own || provided.count(each.name) != 0 || (host_version && host_version(each.name))) continue;
            throw Error(ErrorKind::usage, attempted, package.file.string(),
                        "it requires " + each.text + ", which is not among the packages", hint_all);
        }
    }
}

}  // namespace

std::string prefix_of(const std::string& source_rpm, std::size_t stacks) {
    if (stacks < 2) return {};
    return source_rpm.substr(0, source_rpm.rfind('-', source_rpm.rfind('-') - 1)) + "/";
}

std::vector<Check> checks_of(Subject& subject, const VerificationRequest& request, const std::string& prefix) {
    const fs::path plan = request.scripts / "plan.toml";
    std::vector<Check> checks = planned_checks(parse_plan(read_file(plan), plan), subject);
    for (Check& check : all_built_in_checks(subject, request)) checks.push_back(std::move(check));
    for (Check& check : checks) check.name.insert(0, prefix);
    return checks;
}

std::vector<InstalledInterpreter> packaged_interpreters(const PackageSet& packages) {
    std::vector<InstalledInterpreter> result;
    for (const scratch::PackagedConfiguration& configuration : packages.configurations()) {
        for (const rpm::Package* package : packages.of_configuration(configuration.name)) {
            const auto found = std::find_if(package->files.begin(), package->files.end(), is_named_as_interpreter);
            if (found == package->files.end()) continue;
            InstalledInterpreter& interpreter = result.emplace_back();
            interpreter.executable = found->path;
            interpreter.abi.traits = configuration.traits;
            interpreter.packaged_in = configuration.name;
            break;
        }
    }
    return result;
}

void require_verifiable(const GivenPackages& input, const VerificationRequest& request) {
    for (const auto& [source, packages] : input.packages.by_source()) require_interpreter(packages);
    if (request.root.empty()) require_whole_build(input, request.host_version);
}

std::vector<Check> previewed_checks(const GivenPackages& input, const VerificationRequest& request) {
    require_tests(request.regrtest, input.packages);
    const std::vector<Check> all = [&] {
        std::vector<Check> checks{request.root.empty() ? Check{"packages.install", about_install, {}}
                                                       : Check{"packages.installed", about_installed, {}}};
        const auto by_source = input.packages.by_source();
        for (const auto& [source, some] : by_source) {
            const std::string prefix = prefix_of(source, by_source.size());
            checks.push_back({prefix + "interpreter.starts", about_starts, {}});
            Subject subject{some, input.packages, nullptr, packaged_interpreters(some), request.scripts, 1};
            for (Check& check : checks_of(subject, request, prefix)) {
                checks.push_back({std::move(check.name), std::move(check.about), {}});
            }
        }
        return checks;
    }();
    return selected_checks(all, request.only, request.skip);
}

}  // namespace pystacks::verify
