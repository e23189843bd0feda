#include "cli/profile.hpp"

#include <array>

#include "cli/profile/record.hpp"
#include "cli/subcommand.hpp"

namespace pystacks::cli::profile {
namespace {

constexpr std::array commands{
    Subcommand{"record", "train the compiler once, and keep the result as a file of the stack",
               bind<record::Options, record::add_to, record::run>},
};

}  // namespace

void add_to(Arguments& app, Options& options) {
    app.require_command();
    add_subcommands(app, commands, options.chosen);
}

int run(const Options& options) { return options.chosen(); }

}  // namespace pystacks::cli::profile
