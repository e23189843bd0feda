#include "cli/doctor.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/temporary_directory.hpp"
#include "cli/print.hpp"
#include "host/missing.hpp"
#include "stackbuild/workspace.hpp"

namespace pystacks::cli::doctor {
namespace {

using host::Missing;
using host::Use;

struct Findings {
    std::vector<Missing> required;      ///< for what was asked
    std::vector<Missing> not_required;  ///< for other commands, and what is optional
};

/// What each use is called in a report.
constexpr std::array uses{
    std::pair{Use::build, "pystacks build"},
    std::pair{Use::verify, "pystacks verify"},
    std::pair{Use::extension, "pystacks extension build"},
    std::pair{Use::option, "optional"},
};

bool is_asked(Use use, const std::string& asked) {
    return use == Use::build || asked == name_of(use) || (asked == "all" && use != Use::option);
}

bool holds(const std::vector<Missing>& list, const Missing& wanted) {
    return std::any_of(list.begin(), list.end(), [&](const Missing& each) { return each.what == wanted.what; });
}

/// Several uses may need the same: it is told once.
void add(std::vector<Missing>& list, std::vector<Missing> more) {
    for (Missing& each : more) {
        if (!holds(list, each)) list.push_back(std::move(each));
    }
}

Findings find_missing(const Options& options, const host::Host& host) {
    Findings findings;
    for (const auto& [use, command] : uses) {
        std::vector<Missing> missing = host::missing_programs({use});
        const bool required = is_asked(use, options.use);
        if (!required) {
            for (Missing& each : missing) each.why = fmt::format("{}: {}", command, each.why);
        }
        add(required ? findings.required : findings.not_required, std::move(missing));
    }
    std::erase_if(findings.not_required, [&](const Missing& each) { return holds(findings.required, each); });
    if (options.stack.empty()) return findings;
    // Which requirements there are is for rpm to say, by the stack's conditions; this needs a topdir, but keeps none.
    const TemporaryDirectory topdir(temporary_folder(), "pystacks-doctor");
    const stackbuild::Workspace workspace =
        stackbuild::open_workspace(stackbuild::load_stack(options.stack, {}), topdir.path(), {});
    add(findings.required, host::missing_build_requirements(workspace.expanded, host));
    return findings;
}

nlohmann::json as_json(const std::vector<Missing>& missing) {
    nlohmann::json list = nlohmann::json::array();
    for (const Missing& each : missing) {
        list.push_back({{"what", each.what}, {"why", each.why}, {"debian", each.debian}, {"fedora", each.rpm}});
    }
    return list;
}

void print_json(const Findings& findings, const host::Host& host) {
    nlohmann::json json{{"format", 1},  // docs/json.md says what raises it
                        {"missing", as_json(findings.required)},
                        {"install", nullptr},
                        {"not_required", as_json(findings.not_required)}};
    if (const std::string command = command_for(findings.required, host); !command.empty()) json["install"] = command;
    print_data(json_text(json, 2) + "\n");
}

/// What installs them, where anything does.
void print_command(const std::vector<Missing>& missing, const host::Host& host) {
    if (const std::string command = command_for(missing, host); !command.empty()) print_text("\n" + command + "\n");
}

void print_report(const Findings& findings, const host::Host& host) {
    if (findings.required.empty()) {
        print_news(fmt::format("Nothing {}is missing.\n", findings.not_required.empty() ? "" : "that is required "),
                   News::good);
    }
    for (const Missing& each : findings.required) {
        const std::string debian = each.debian.empty() ? "-" : each.debian;
        const std::string rpm = each.rpm.empty() ? "-" : each.rpm;
        print_news("missing:", News::bad);
        print_text(fmt::format(" {}: {} (Debian: {}; Fedora: {})\n", each.what, each.why, debian, rpm));
    }
    print_command(findings.required, host);
    if (findings.not_required.empty()) return;
    print_text("\nAlso missing, but not required:\n");
    for (const Missing& each : findings.not_required) print_text(fmt::format("    {}: {}\n", each.what, each.why));
    print_command(findings.not_required, host);
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("STACK", options.stack, "look for its build requirements too");
    app.add_option("--for", options.use, "what this host will be used for (build is always included)")
        .one_of({"build", "verify", "extension", "all"})
        .type_name("build|verify|extension|all")
        .show_default();
    const Argument json = app.add_flag("--json", options.json, "print JSON");
    app.add_flag("--missing-packages", options.missing_packages,
                 "print only the names of the packages to install, for scripts; exit 0")
        .excludes(json);
}

int run(const Options& options) {
    const host::Host host = host::Host::look();
    const Findings findings = find_missing(options, host);
    if (options.missing_packages) {
        for (const std::string& package : packages_of(findings.required, host)) print_data(package + "\n");
        return 0;
    }
    options.json ? print_json(findings, host) : print_report(findings, host);
    return findings.required.empty() ? 0 : 1;
}

}  // namespace pystacks::cli::doctor
