#include "cli/requirements.hpp"

#include <array>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "process/command.hpp"

namespace pystacks::cli {
namespace {

struct Tool {
    const char* program;
    const char* why;
    const char* debian;
    const char* fedora;
};

// Programs that a build starts; librpm's own scripts need some of them and fall silent without.
constexpr std::array tools{
    Tool{"rpmbuild", "rpm's scripts and macros for builds", "rpm", "rpm-build"},
    Tool{"make", "builds the interpreters", "make", "make"},
    Tool{"gcc", "compiles the interpreters", "gcc", "gcc"},
    Tool{"ld", "links the interpreters", "binutils", "binutils"},
    Tool{"patch", "applies the stack's patches", "patch", "patch"},
    Tool{"find-debuginfo", "splits debug information into packages of its own", "debugedit", "debugedit"},
    Tool{"eu-strip", "splits debug information into packages of its own", "elfutils", "elfutils"},
    Tool{"file", "tells rpm which files are programs; without it there is no debug information", "file", "file"},
    Tool{"gpg", "checks signatures", "gnupg", "gnupg2"},
};

/// Where rpm keeps find-debuginfo.sh when it brings one of its own (before 4.18).
bool rpm_has_its_own(const std::string& program) {
    return std::filesystem::exists("/usr/lib/rpm/" + program + ".sh") ||
           std::filesystem::exists("/usr/lib/rpm/" + program);
}

/// rpm's generator of python3dist() dependencies runs by /usr/bin/python3; without this module it prints nothing.
bool system_python_has_packaging() {
    process::Command command;
    command.arguments = {"/usr/bin/python3", "-I", "-c", "import packaging.requirements"};
    return process::run(command).succeeded();
}

}  // namespace

const std::string& package_on(const Host& host, const Missing& missing) {
    return host.family() == Host::Family::debian ? missing.debian : missing.fedora;
}

std::vector<Missing> missing_tools() {
    std::vector<Missing> missing;
    for (const Tool& tool : tools) {
        if (process::find_program(tool.program) || rpm_has_its_own(tool.program)) continue;
        missing.push_back({tool.program, tool.why, tool.debian, tool.fedora});
    }
    if (!system_python_has_packaging()) {
        missing.push_back({"python3 module packaging", "finds out the python3dist() dependencies of packages",
                           "python3-packaging", "python3-packaging"});
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

std::vector<std::string> packages_of(const std::vector<Missing>& missing, const Host& host) {
    std::set<std::string> packages;
    for (const Missing& each : missing) {
        if (!package_on(host, each).empty()) packages.insert(package_on(host, each));
    }
    return {packages.begin(), packages.end()};
}

std::string command_for(const std::vector<Missing>& missing, const Host& host) {
    return host.install_command(packages_of(missing, host));
}

void require_nothing_missing(const std::vector<Missing>& missing, const Host& host, const std::string& stack_name) {
    if (missing.empty()) return;
    std::string reason = "this host lacks what the build needs";
    for (const Missing& each : missing) reason += fmt::format("\n{}: {}", each.what, each.why);
    throw Error("cannot build", stack_name, reason, "install it: " + command_for(missing, host));
}

}  // namespace pystacks::cli
