#pragma once

#include <functional>
#include <memory>
#include <span>

#include "cli/arguments.hpp"

namespace pystacks::cli {

/// A row of a table of commands: what it is called, what --help says of it, and how its options are read. A command
/// without help is hidden: it is not for people.
struct Subcommand {
    const char* name;
    const char* help;
    std::function<int()> (*bind)(Arguments&);
};

/// Adds a command's options to @p app and returns what runs it with them.
template <typename Options, void (*AddTo)(Arguments&, Options&), int (*Run)(const Options&)>
std::function<int()> bind(Arguments& app) {
    auto options = std::make_shared<Options>();
    AddTo(app, *options);
    return [options] { return Run(*options); };
}

/// @param chosen becomes what runs the command that was given; has to live while @p app parses
inline void add_subcommands(Arguments& app, std::span<const Subcommand> commands, std::function<int()>& chosen) {
    for (const Subcommand& each : commands) {
        Arguments command = app.add_command(each.name, each.help);
        if (!app.may_be_given(each.name)) continue;
        command.when_given([&chosen, run = each.bind(command)] { chosen = run; });
    }
}

}  // namespace pystacks::cli
