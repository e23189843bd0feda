#include "cli/registry.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "cli/build.hpp"
#include "cli/command_line.hpp"
#include "cli/compare.hpp"
#include "cli/complete.hpp"
#include "cli/doctor.hpp"
#include "cli/extension.hpp"
#include "cli/fetch.hpp"
#include "cli/list.hpp"
#include "cli/log_options.hpp"
#include "cli/profile.hpp"
#include "cli/spec.hpp"
#include "cli/stage.hpp"
#include "cli/subcommand.hpp"
#include "cli/verify.hpp"
#include "cli/version.hpp"

namespace pystacks::cli {
namespace {

constexpr std::array commands{
    Subcommand{"build", "build the packages of a stack", bind<build::Options, build::add_to, build::run>},
    Subcommand{"fetch", "get and check a stack's sources", bind<fetch::Options, fetch::add_to, fetch::run>},
    Subcommand{"profile", "what the compiler learnt when it was trained, as a file of the stack",
               bind<profile::Options, profile::add_to, profile::run>},
    Subcommand{"spec", "print the spec of a stack", bind<spec::Options, spec::add_to, spec::run>},
    Subcommand{"list", "which stacks there are, and where they come from",
               bind<list::Options, list::add_to, list::run>},
    Subcommand{"compare", "compare two trees, packages or folders of packages",
               bind<compare::Options, compare::add_to, compare::run>},
    Subcommand{"verify", "install packages into a scratch root and test them",
               bind<verify::Options, verify::add_to, verify::run>},
    Subcommand{"extension", "debug builds of packages of extension modules",
               bind<extension::Options, extension::add_to, extension::run>},
    Subcommand{"doctor", "what this host lacks, and the command that installs it",
               bind<doctor::Options, doctor::add_to, doctor::run>},
    Subcommand{"stage", "", bind<stage::Options, stage::add_to, stage::run>},
};

std::vector<std::string> command_names() {
    std::vector<std::string> names;
    for (const Subcommand& row : commands) {
        if (*row.help != '\0') names.emplace_back(row.name);
    }
    return names;
}

bool is_command(std::string_view name) {
    for (const Subcommand& row : commands) {
        if (row.name == name) return true;
    }
    return false;
}

/// CLI11 calls a misspelt command an unexpected argument, and a missing one a missing subcommand.
void require_command(int argc, const char* const* argv) {
    const std::vector<std::string> names = command_names();
    const std::string all = "commands: " + join(names, ", ") + "; see pystacks --help";
    const int index = command_index(argc, argv);
    if (index >= argc) throw Error(ErrorKind::usage, "cannot start", "", "no command given", all);
    const std::string_view first = argv[index];
    if (first.starts_with('-') || is_command(first)) return;
    const std::optional<std::string> meant = nearest(first, names);
    throw Error(ErrorKind::usage, "unknown command", std::string(first),
                meant ? "did you mean " + *meant + "?" : "there is no such command", all);
}

}  // namespace

int run(int argc, const char* const* argv) {
    const bool completing = argc > 1 && std::string_view(argv[1]) == complete::name;
    if (!completing) require_command(argc, argv);
    CommandLine line("pystacks", "Builds parallel, co-installable Python stacks as RPM packages.");
    line.add_version(version_text());
    Arguments app = line.arguments();
    app.require_command();
    std::function<int()> chosen;
    add_subcommands(app, commands, chosen);
    LogOptions log_options;
    add_log_options(line.app(), log_options);
    if (completing) return complete::run(line.app(), {argv + 2, argv + argc});
    const CommandLine::Outcome outcome = line.parse(argc, argv);
    if (outcome.answered) return 0;
    if (!outcome.problem.empty()) {
        const int index = command_index(argc, argv);
        const std::string command = index < argc && is_command(argv[index]) ? std::string(argv[index]) + " " : "";
        throw Error(ErrorKind::usage, "cannot understand the command line", "", outcome.problem,
                    "see pystacks " + command + "--help");
    }
    log::start(log_settings(log_options, argc, argv));
    return chosen();
}

}  // namespace pystacks::cli
