#include "cli/registry.hpp"

#include <array>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/build.hpp"
#include "cli/compare.hpp"
#include "cli/doctor.hpp"
#include "cli/extension.hpp"
#include "cli/fetch.hpp"
#include "cli/spec.hpp"
#include "cli/stage.hpp"
#include "cli/verify.hpp"

namespace pystacks::cli {
namespace {

/// Adds a subcommand's options to @p app and returns what runs it with them.
template <typename Options, void (*AddTo)(CLI::App&, Options&), int (*Run)(const Options&)>
std::function<int()> bind(CLI::App& app) {
    auto options = std::make_shared<Options>();
    AddTo(app, *options);
    return [options] { return Run(*options); };
}

struct Row {
    const char* name;
    const char* help;
    std::function<int()> (*bind)(CLI::App&);
};

// An empty help hides a command that is not for people.
constexpr std::array rows{
    Row{"build", "build the packages of a stack", bind<build::Options, build::add_to, build::run>},
    Row{"fetch", "get and check a stack's sources", bind<fetch::Options, fetch::add_to, fetch::run>},
    Row{"spec", "print the spec of a stack", bind<spec::Options, spec::add_to, spec::run>},
    Row{"compare", "compare two trees, packages or folders of packages",
        bind<compare::Options, compare::add_to, compare::run>},
    Row{"verify", "install packages into a scratch root and test them",
        bind<verify::Options, verify::add_to, verify::run>},
    Row{"extension", "debug builds of packages of extension modules",
        bind<extension::Options, extension::add_to, extension::run>},
    Row{"doctor", "what this host lacks, and the command that installs it",
        bind<doctor::Options, doctor::add_to, doctor::run>},
    Row{"stage", "", bind<stage::Options, stage::add_to, stage::run>},
};

std::vector<std::string> command_names() {
    std::vector<std::string> names;
    for (const Row& row : rows) {
        if (*row.help != '\0') names.emplace_back(row.name);
    }
    return names;
}

bool is_command(std::string_view name) {
    for (const Row& row : rows) {
        if (row.name == name) return true;
    }
    return false;
}

/// CLI11 calls a misspelt command an unexpected argument, and a missing one a missing subcommand.
void require_command(int argc, const char* const* argv) {
    const std::vector<std::string> names = command_names();
    const std::string all = "commands: " + join(names, ", ") + "; see pystacks --help";
    if (argc < 2) throw Error(ErrorKind::usage, "cannot start", "", "no command given", all);
    const std::string_view first = argv[1];
    if (first.starts_with('-') || is_command(first)) return;
    const std::optional<std::string> meant = nearest(first, names);
    throw Error(ErrorKind::usage, "unknown command", std::string(first),
                meant ? "did you mean " + *meant + "?" : "there is no such command", all);
}

}  // namespace

int run(int argc, const char* const* argv) {
    require_command(argc, argv);
    CLI::App app("Builds parallel, co-installable Python stacks as RPM packages.", "pystacks");
    app.set_version_flag("--version", "pystacks " PYSTACKS_VERSION);
    app.require_subcommand(1);
    std::function<int()> chosen;
    for (const Row& row : rows) {
        CLI::App* command = app.add_subcommand(row.name, row.help);
        if (*row.help == '\0') command->group("");
        command->final_callback([&chosen, run = row.bind(*command)] { chosen = run; });
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        if (problem.get_exit_code() == 0) return app.exit(problem, std::cout, std::cerr);
        const std::string command = is_command(argv[1]) ? std::string(argv[1]) + " " : "";
        throw Error(ErrorKind::usage, "cannot understand the command line", "", problem.what(),
                    "see pystacks " + command + "--help");
    }
    return chosen();
}

}  // namespace pystacks::cli
