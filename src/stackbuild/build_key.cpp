#include "stackbuild/build_key.hpp"

#include <cstdlib>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "build/toolchain.hpp"
#include "host/data_folders.hpp"
#include "process/command.hpp"

namespace pystacks::stackbuild {
namespace {

/// What a program prints.
std::string output_of(const std::vector<std::string>& arguments) {
    process::Command command;
    command.arguments = arguments;
    command.environment["LC_ALL"] = "C";
    return process::run(command).output;
}

/// Sizes and times: packages bring their files' times along.
void add_scripts_of_rpm(InputList& key) {
    const fs::path folder(std::string(trim(output_of({"rpm", "--eval", "%{_rpmconfigdir}"}))));
    std::set<std::string> scripts;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(folder, problem)) {
        std::error_code vanished;
        if (!entry.is_regular_file(vanished)) continue;
        const auto time = entry.last_write_time(vanished).time_since_epoch().count();
        scripts.insert(fmt::format("{} {} {}", entry.path().string(), entry.file_size(vanished), time));
    }
    key.add("rpm's scripts", join(std::vector<std::string>(scripts.begin(), scripts.end()), "\n"));
}

/// What the stages ask before they skip a configuration, so that a build which they would not skip is not skipped here.
void add_toolchains(InputList& key, const stack::Stack& expanded) {
    namespace stages = pystacks::build;
    const stages::ChildEnvironment child = stages::child_environment(stages::current_environment(), "");
    for (const char* name : {"PKG_CONFIG_PATH", "SOURCE_DATE_EPOCH"}) {
        const char* value = std::getenv(name);
        key.add(std::string("environment ") + name, value == nullptr ? "" : value);
    }
    stages::ToolchainCache toolchains;
    for (const stack::Configuration* configuration : expanded.enabled_configurations()) {
        stages::Environment environment = expanded.build.environment;
        for (const auto& [name, value] : configuration->environment) environment[name] = value;
        try {
            const stages::Toolchain& tools = toolchains.get(child, environment);
            key.add("compiler", tools.compiler).add("files of the compiler", tools.compiler_files);
            key.add("programs of the host", tools.programs);
            key.add("headers and libraries of the host", tools.host);
        } catch (const Error& error) {
            key.add("compiler", error.what());  // a source package needs none
        }
    }
}

void add_host(InputList& key, const stack::Stack& expanded, const host::Host& host) {
    for (const char* program : {"rpm", "gcc", "ld", "make", "find-debuginfo", "/usr/bin/python3"}) {
        key.add(program, output_of({program, "--version"}));  // whole: distributions put their own revision there
    }
    // The spec is read with them, rpm's own part of the build too: macros of the distribution and of ~/.rpmmacros.
    key.add("rpm's macros", output_of({"rpm", "--showrc"}));
    add_scripts_of_rpm(key);
    add_toolchains(key, expanded);
    for (const stack::BuildRequirement& requirement : expanded.build_requirements) {
        const std::string& name = host.family() == host::Host::Family::debian ? requirement.debian : requirement.rpm;
        if (!name.empty()) key.add("package " + name, host.version(name).value_or("none"));
    }
}

/// What the spec names, and every signature: the spec names one only where it is among the sources already, which it
/// did not when the spec was read before the first fetch.
std::set<std::string> source_names(const Workspace& workspace) {
    std::set<std::string> names;
    for (const rpm::SpecSource& source : workspace.info.sources) names.insert(source.file);
    for (const stack::Source& source : workspace.expanded.sources) {
        if (!source.signature.empty()) names.insert(fs::path(source.signature).filename());
    }
    return names;
}

}  // namespace

InputList build_key(const Workspace& workspace, rpm::Amount amount, const host::Host& host) {
    InputList key;
    const host::DataFolders data = host::data_folders();
    key.add("amount", std::string(rpm::letter_of(amount)));
    key.add("pystacks", content_digest_file(host::executable_path()).hex());
    key.add_file("macros.pystacks", data.macros_file);
    std::set<fs::path> scripts;  // sorted, whatever the folder's order
    for (const fs::directory_entry& entry : fs::directory_iterator(data.templates)) {
        if (entry.is_regular_file()) scripts.insert(entry.path());
    }
    for (const fs::path& script : scripts) key.add_file(script.filename().string(), script);
    key.add_file("spec", workspace.job.spec);
    key.add("stack", workspace.info.expanded_stack);
    key.add("switches", join(workspace.job.with, " ") + "\n" + join(workspace.job.without, " ") + "\n" +
                            join(workspace.job.defines, "\n"));
    for (const std::string& name : source_names(workspace)) {
        const fs::path file = workspace.sources() / name;
        // A signature that no mirror carries is no reason to build again as long as it is missing.
        key.add("source " + name, fs::exists(file) ? content_digest_file(file).hex() : "none");
    }
    add_host(key, workspace.expanded, host);
    return key;
}

}  // namespace pystacks::stackbuild
