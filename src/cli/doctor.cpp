#include "cli/doctor.hpp"

#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/file.hpp"
#include "base/json.hpp"
#include "base/temporary_directory.hpp"
#include "cli/workspace.hpp"
#include "host/missing.hpp"

namespace pystacks::cli::doctor {
namespace {

using host::Missing;
using host::Use;

struct Findings {
    std::vector<Missing> required;  ///< for what was asked
    std::vector<Missing> besides;   ///< for other commands, and for what is done without otherwise
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

void add(std::vector<Missing>& list, std::vector<Missing> more) {
    list.insert(list.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

Findings look(const Options& options, const host::Host& host) {
    Findings findings;
    for (const auto& [use, command] : uses) {
        std::vector<Missing> missing = host::missing_programs(use);
        const bool required = is_asked(use, options.use);
        if (!required) {
            for (Missing& each : missing) each.why = fmt::format("{}: {}", command, each.why);
        }
        add(required ? findings.required : findings.besides, std::move(missing));
    }
    if (options.stack.empty()) return findings;
    // Which requirements there are is for rpm to say, by the stack's conditions; this needs a topdir, but keeps none.
    const TemporaryDirectory topdir(fs::temp_directory_path(), "pystacks-doctor");
    const Workspace workspace = open_workspace(load_stack(options.stack, {}), topdir.path(), {});
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
    nlohmann::json json{
        {"missing", as_json(findings.required)}, {"install", nullptr}, {"besides", as_json(findings.besides)}};
    if (!findings.required.empty()) json["install"] = command_for(findings.required, host);
    fmt::print("{}\n", json_text(json, 2));
}

void print_text(const Findings& findings, const host::Host& host) {
    if (findings.required.empty()) fmt::print("Nothing is missing.\n");
    for (const Missing& each : findings.required) {
        const std::string debian = each.debian.empty() ? "-" : each.debian;
        const std::string rpm = each.rpm.empty() ? "-" : each.rpm;
        fmt::print("missing: {}: {} (Debian: {}; Fedora: {})\n", each.what, each.why, debian, rpm);
    }
    if (!findings.required.empty()) fmt::print("\n{}\n", command_for(findings.required, host));
    if (findings.besides.empty()) return;
    fmt::print("\nNot needed for that, and not here either:\n");
    for (const Missing& each : findings.besides) fmt::print("    {}: {}\n", each.what, each.why);
    fmt::print("{}\n", command_for(findings.besides, host));
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("STACK", options.stack, "look for its build requirements too");
    app.add_option("--for", options.use, "what the host is to do: build, and verify, extension or all of them")
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
    const Findings findings = look(options, host);
    if (options.missing_packages) {
        for (const std::string& package : packages_of(findings.required, host)) fmt::print("{}\n", package);
        return 0;
    }
    options.json ? print_json(findings, host) : print_text(findings, host);
    return findings.required.empty() ? 0 : 1;
}

}  // namespace pystacks::cli::doctor
