#include "cli/extension.hpp"

#include <array>

#include "cli/extension/add.hpp"
#include "cli/extension/build.hpp"
#include "cli/extension/check.hpp"
#include "cli/extension/second_pass.hpp"
#include "cli/extension/survey.hpp"
#include "cli/subcommand.hpp"

namespace pystacks::cli::extension {
namespace {

// Those without help are called by macros.pydebug.
constexpr std::array commands{
    Subcommand{"check", "compare every module of -debug packages with its release twin",
               bind<check::Options, check::add_to, check::run>},
    Subcommand{"build", "build a package and its -debug package in a scratch root",
               bind<build::Options, build::add_to, build::run>},
    Subcommand{"add", "write a spec with -debug packages of its compiled modules",
               bind<add::Options, add::add_to, add::run>},
    Subcommand{"remove", "remove what `add` has added", bind<remove::Options, remove::add_to, remove::run>},
    Subcommand{"survey", "what `add` would do with all specs of a folder",
               bind<survey::Options, survey::add_to, survey::run>},
    Subcommand{"prepare", "", bind<prepare::Options, prepare::add_to, prepare::run>},
    Subcommand{"harvest", "", bind<harvest::Options, harvest::add_to, harvest::run>},
    Subcommand{"finish", "", bind<finish::Options, finish::add_to, finish::run>},
    Subcommand{"imports", "", bind<imports::Options, imports::add_to, imports::run>},
    Subcommand{"debug-files", "", bind<debug_files::Options, debug_files::add_to, debug_files::run>},
    Subcommand{"depends", "", bind<depends::Options, depends::add_to, depends::run>},
};

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.require_command();
    add_subcommands(app, commands, options.chosen);
}

int run(const Options& options) { return options.chosen(); }

}  // namespace pystacks::cli::extension
