#include "cli/registry.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/build.hpp"
#include "cli/clean.hpp"
#include "cli/command_line.hpp"
#include "cli/compare.hpp"
#include "cli/complete.hpp"
#include "cli/doctor.hpp"
#include "cli/extension.hpp"
#include "cli/fetch.hpp"
#include "cli/help.hpp"
#include "cli/list.hpp"
#include "cli/log_options.hpp"
#include "cli/misspelling.hpp"
#include "cli/new.hpp"
#include "cli/profile.hpp"
#include "cli/spec.hpp"
#include "cli/stage.hpp"
#include "cli/subcommand.hpp"
#include "cli/update.hpp"
#include "cli/verify.hpp"
#include "cli/version.hpp"

namespace pystacks::cli {
namespace {

constexpr std::array commands{
    Subcommand{"build", "build the packages of a stack", bind<build::Options, build::add_to, build::run>},
    Subcommand{"clean", "remove files that builds left behind and that can be made again",
               bind<clean::Options, clean::add_to, clean::run>},
    Subcommand{"fetch", "get and check a stack's sources", bind<fetch::Options, fetch::add_to, fetch::run>},
    Subcommand{"profile", "record the training of the compiler, as a file of the stack",
               bind<profile::Options, profile::add_to, profile::run>},
    Subcommand{"spec", "print the spec of a stack", bind<spec::Options, spec::add_to, spec::run>},
    Subcommand{"list", "list the installed stacks, and where they come from",
               bind<list::Options, list::add_to, list::run>},
    Subcommand{"new", "make a stack for a Python that has none yet",
               bind<new_stack::Options, new_stack::add_to, new_stack::run>},
    Subcommand{"update", "move a stack to another patch release", bind<update::Options, update::add_to, update::run>},
    Subcommand{"compare", "compare two trees, packages or folders of packages",
               bind<compare::Options, compare::add_to, compare::run>},
    Subcommand{"verify", "install packages into a scratch root and test them",
               bind<verify::Options, verify::add_to, verify::run>},
    Subcommand{"extension", "make and check debug builds of extension modules",
               bind<extension::Options, extension::add_to, extension::run>},
    Subcommand{"doctor", "say what this host lacks, and which command installs it",
               bind<doctor::Options, doctor::add_to, doctor::run>},
    Subcommand{"stage", "", bind<stage::Options, stage::add_to, stage::run>},
};

/// The program's command line, and what its parsing leaves.
class Program {
public:
    /// @param words as for Arguments
    explicit Program(const std::vector<std::string>* words)
        : line_("pystacks", "Builds parallel, co-installable Python stacks as RPM packages.", words) {
        line_.add_version(version_text());
        Arguments app = line_.arguments();
        app.require_command();
        add_subcommands(app, commands, chosen_);
        add_help();
        add_log_options(line_.app(), log_options_, words);
    }

    [[nodiscard]] CLI::App& app() noexcept { return line_.app(); }
    [[nodiscard]] CommandLine::Outcome parse(int argc, const char* const* argv) { return line_.parse(argc, argv); }
    [[nodiscard]] const LogOptions& log_options() const noexcept { return log_options_; }
    [[nodiscard]] int run() const { return chosen_(); }

private:
    void add_help() {
        Arguments help = line_.arguments().add_command(help::name, "print the help of a command");
        help.add_option("COMMAND", explained_, "a command, and its subcommand").type_name("COMMAND");
        help.when_given([this] { chosen_ = [this] { return help::run(line_.app(), explained_); }; });
    }

    CommandLine line_;
    std::function<int()> chosen_;
    std::vector<std::string> explained_;
    LogOptions log_options_;
};

/// Messages know all commands with all their options.
[[noreturn]] void refuse(const std::vector<std::string>& words, const std::string& problem) {
    Program whole(nullptr);
    if (const auto error = misspelt_command(whole.app(), words)) throw Error(*error);
    if (const auto error = misspelt_line(whole.app(), words)) throw Error(*error);
    throw Error(ErrorKind::usage, "cannot understand the command line", "", problem,
                fmt::format("see {} --help", command_in(whole.app(), words)));
}

}  // namespace

int run(int argc, const char* const* argv) {
    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    if (!words.empty() && words.front() == complete::name) {
        return complete::run(Program(&words).app(), {words.begin() + 1, words.end()});
    }
    Program program(&words);
    if (misspelt_command(program.app(), words)) refuse(words, "");
    const CommandLine::Outcome outcome = program.parse(argc, argv);
    if (!outcome.problem.empty()) refuse(words, outcome.problem);
    if (outcome.answered) return 0;
    log::start(log_settings(program.log_options(), argc, argv));
    return program.run();
}

}  // namespace pystacks::cli
