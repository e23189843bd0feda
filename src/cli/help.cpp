#include "cli/help.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "cli/complete/typed_line.hpp"
#include "cli/misspelling.hpp"
#include "cli/print.hpp"

namespace pystacks::cli::help {

int run(const CLI::App& program, const std::vector<std::string>& command) {
    const CLI::App* app = &program;
    for (const std::string& word : command) {
        const std::vector<const CLI::App*> all = complete::commands_of(*app);
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const auto* each) { return each->get_name() == word; });
        if (found == all.end()) throw unknown_command(*app, word);
        app = *found;
    }
    // App::help() would be that of the command that was given, which is this one.
    print_text(app->get_formatter()->make_help(app, full_name(*app), CLI::AppFormatMode::Normal));
    return 0;
}

}  // namespace pystacks::cli::help
