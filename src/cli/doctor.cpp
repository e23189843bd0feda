#include "cli/doctor.hpp"

#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "cli/requirements.hpp"
#include "cli/workspace.hpp"

namespace pystacks::cli::doctor {
namespace {

std::vector<Missing> all_missing(const Options& options, const Host& host) {
    std::vector<Missing> missing = missing_tools();
    if (options.stack.empty()) return missing;
    // Which requirements there are is for rpm to say, by the stack's conditions; this needs a topdir, but keeps none.
    const TemporaryDirectory topdir(fs::temp_directory_path(), "pystacks-doctor");
    const Workspace workspace = open_workspace(load_stack(options.stack, {}), topdir.path(), {});
    const std::vector<Missing> of_stack = missing_build_requirements(workspace.expanded, host);
    missing.insert(missing.end(), of_stack.begin(), of_stack.end());
    return missing;
}

void print_json(const std::vector<Missing>& missing, const Host& host) {
    nlohmann::json json{{"missing", nlohmann::json::array()}, {"install", nullptr}};
    for (const Missing& each : missing) {
        json["missing"].push_back(
            {{"what", each.what}, {"why", each.why}, {"debian", each.debian}, {"fedora", each.fedora}});
    }
    if (!missing.empty()) json["install"] = command_for(missing, host);
    fmt::print("{}\n", json.dump(2));
}

void print_text(const std::vector<Missing>& missing, const Host& host) {
    if (missing.empty()) {
        fmt::print("Nothing is missing.\n");
        return;
    }
    for (const Missing& each : missing) {
        const std::string debian = each.debian.empty() ? "-" : each.debian;
        fmt::print("missing: {}: {} (Debian: {}; Fedora: {})\n", each.what, each.why, debian, each.fedora);
    }
    fmt::print("\n{}\n", command_for(missing, host));
}

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.add_option("STACK", options.stack, "look for its build requirements too");
    const Argument json = app.add_flag("--json", options.json, "print JSON");
    app.add_flag("--missing-packages", options.missing_packages,
                 "print only the names of the packages to install, for scripts; exit 0")
        .excludes(json);
}

int run(const Options& options) {
    const Host host = Host::look();
    const std::vector<Missing> missing = all_missing(options, host);
    if (options.missing_packages) {
        for (const std::string& package : packages_of(missing, host)) fmt::print("{}\n", package);
        return 0;
    }
    options.json ? print_json(missing, host) : print_text(missing, host);
    return missing.empty() ? 0 : 1;
}

}  // namespace pystacks::cli::doctor
