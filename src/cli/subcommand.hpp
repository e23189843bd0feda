#pragma once

#include <functional>
#include <memory>
#include <span>

#include <CLI/CLI.hpp>

namespace pystacks::cli {

/// A row of a table of commands: what it is called, what --help says of it, and how its options are read. A command
/// without help is hidden: it is not for people.
struct Subcommand {
    const char* name;
    const char* help;
    std::function<int()> (*bind)(CLI::App&);
};

/// Adds a command's options to @p app and returns what runs it with them.
template <typename Options, void (*AddTo)(CLI::App&, Options&), int (*Run)(const Options&)>
std::function<int()> bind(CLI::App& app) {
    auto options = std::make_shared<Options>();
    AddTo(app, *options);
    return [options] { return Run(*options); };
}

/// @param chosen becomes what runs the command that was given; has to live while @p app parses
inline void add_subcommands(CLI::App& app, std::span<const Subcommand> commands, std::function<int()>& chosen) {
    for (const Subcommand& each : commands) {
        CLI::App* command = app.add_subcommand(each.name, each.help);
        if (*each.help == '\0') command->group("");
        command->final_callback([&chosen, run = each.bind(*command)] { chosen = run; });
    }
}

}  // namespace pystacks::cli
