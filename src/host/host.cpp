#include "host/host.hpp"

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "process/command.hpp"

namespace pystacks::host {
namespace {

constexpr const char* dpkg_status = "/var/lib/dpkg/status";

/// dpkg is also on rpm distributions, as a tool without packages of its own.
bool dpkg_keeps_packages() {
    std::error_code problem;
    const auto size = std::filesystem::file_size(dpkg_status, problem);
    return !problem && size > 0 && process::find_program("dpkg-query").has_value();
}

process::Command in_plain_english(std::vector<std::string> arguments) {
    process::Command command;
    command.arguments = std::move(arguments);
    command.environment["LC_ALL"] = "C.UTF-8";
    return command;
}

/// All installed packages with their versions, and the names that they provide ("libfoo-dev (= 1.2), bar").
std::map<std::string, std::string> debian_packages() {
    const auto outcome =
        process::run_checked(in_plain_english({"dpkg-query", "--show", "--showformat",
                                               "${db:Status-Status}\\t${Package}\\t${Version}\\t${Provides}\\n"}),
                             "cannot ask dpkg what is installed");
    std::map<std::string, std::string> versions;
    std::map<std::string, std::string> provided;
    for (const std::string& line : split(outcome.output, '\n')) {
        const std::vector<std::string> fields = split(line, '\t');
        if (fields.size() != 4 || fields[0] != "installed") continue;
        versions[fields[1]] = fields[2];
        for (const std::string& provide : split(fields[3], ',')) {
            const std::vector<std::string> words = split_words(provide);
            if (!words.empty()) provided[words[0]] = fields[1] + " " + fields[2];
        }
    }
    versions.merge(provided);
    return versions;
}

std::string rpm_install_command() {
    for (const char* client : {"dnf", "zypper", "yum", "microdnf"}) {
        if (process::find_program(client)) return std::string(client) + " install";
    }
    return "dnf install";
}

/// Rich dependencies ("(a if b)") are rpm's to judge.
std::string name_of(const std::string& requirement) {
    const std::vector<std::string> words = split_words(requirement);
    return words.empty() ? requirement : words.front();
}

}  // namespace

Host::Host(Family family, std::string install_command, std::map<std::string, std::string> versions)
    : family_(family), install_command_(std::move(install_command)), versions_(std::move(versions)) {}

Host Host::look() {
    if (dpkg_keeps_packages()) return {Family::debian, "apt-get install", debian_packages()};
    Host host(Family::rpm, rpm_install_command(), {});
    host.ask_rpm_ = true;
    return host;
}

std::optional<std::string> Host::version(const std::string& name) const {
    if (ask_rpm_) {
        const auto outcome = process::run(in_plain_english(
            {"rpm", "--query", "--whatprovides", "--queryformat", "%{NAME}-%{EVR} ", "--", name_of(name)}));
        if (!outcome.succeeded()) return std::nullopt;
        return std::string(trim(outcome.output));
    }
    const auto found = versions_.find(name_of(name));
    if (found == versions_.end()) return std::nullopt;
    return found->second;
}

std::string Host::install_command(std::span<const std::string> packages) const {
    std::string command = install_command_;
    for (const std::string& package : packages) command += " " + shell_quote(package);
    return command;
}

}  // namespace pystacks::host
