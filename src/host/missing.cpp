#include "host/missing.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "process/command.hpp"

namespace pystacks::host {
namespace {

constexpr std::string_view module_mark = "python3:";

/// Where rpm keeps programs that are in no PATH: find-debuginfo.sh, for one, when rpm brings its own (before 4.18).
bool rpm_has_its_own(const std::string& program) {
    return std::filesystem::exists("/usr/lib/rpm/" + program + ".sh") ||
           std::filesystem::exists("/usr/lib/rpm/" + program);
}

/// rpm's generators run by /usr/bin/python3, whatever python3 is first in PATH; without a module they print nothing.
bool system_python_has(const std::string& module) {
    process::Command command;
    command.arguments = {"/usr/bin/python3", "-I", "-c", "import " + module};
    return process::run(command).succeeded();
}

bool is_there(const std::string& what) {
    if (what.starts_with(module_mark)) return system_python_has(what.substr(module_mark.size()));
    const std::vector<std::string> programs = split_words(what);
    return std::any_of(programs.begin(), programs.end(), [](const std::string& program) {
        return process::find_program(program) || rpm_has_its_own(program);
    });
}

/// "python3:packaging" as people say it; of several programs the first.
std::string spoken(const std::string& what) {
    if (!what.starts_with(module_mark)) return split_words(what).front();
    return "python3 module " + what.substr(module_mark.size());
}

}  // namespace

const std::string& package_on(const Host& host, const Missing& missing) {
    return host.family() == Host::Family::debian ? missing.debian : missing.rpm;
}

std::vector<Missing> missing_programs(std::initializer_list<Use> uses) {
    std::vector<Missing> missing;
    for (const Need& need : needs()) {
        const bool asked = std::find(uses.begin(), uses.end(), need.use) != uses.end();
        if (!asked || need.what.empty() || is_there(need.what)) continue;
        missing.push_back({spoken(need.what), need.why, need.debian, need.rpm});
    }
    return missing;
}

std::vector<Missing> missing_build_requirements(const stack::Stack& expanded, const Host& host) {
    std::vector<Missing> missing;
    for (const stack::BuildRequirement& requirement : expanded.build_requirements) {
        if (!requirement.condition.expression.empty() && !requirement.condition.enabled()) continue;
        const bool debian = host.family() == Host::Family::debian;
        const std::string& name = debian ? requirement.debian : requirement.rpm;
        // A stack may have none for Debian; rpm's rich dependencies are judged by rpm alone.
        if (name.empty() || name.front() == '(' || host.version(name)) continue;
        missing.push_back({name, "build requirement of " + expanded.name, requirement.debian, requirement.rpm});
    }
    return missing;
}

std::vector<std::string> packages_of(std::span<const Missing> missing, const Host& host) {
    std::set<std::string> packages;
    for (const Missing& each : missing) {
        if (!package_on(host, each).empty()) packages.insert(package_on(host, each));
    }
    return {packages.begin(), packages.end()};
}

std::string command_for(std::span<const Missing> missing, const Host& host) {
    const std::vector<std::string> packages = packages_of(missing, host);
    return packages.empty() ? "" : host.install_command(packages);
}

void require_nothing_missing(std::span<const Missing> missing, const Host& host, const std::string& attempted,
                             const std::string& subject) {
    if (missing.empty()) return;
    std::string reason = "these are missing on this host:";
    for (const Missing& each : missing) reason += fmt::format("\n{}: {}", each.what, each.why);
    const std::string command = command_for(missing, host);
    throw Error(attempted, subject, reason,
                command.empty() ? "no package of this host's distribution has them" : "install it: " + command);
}

}  // namespace pystacks::host
