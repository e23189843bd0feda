#include "cli/misspelling.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/complete/typed_line.hpp"

namespace pystacks::cli {
namespace {

using complete::commands_of;

std::vector<std::string> names_of(const std::vector<const CLI::App*>& commands) {
    std::vector<std::string> names;
    for (const CLI::App* each : commands) names.push_back(each->get_name());
    return names;
}

const CLI::App& program_of(const CLI::App& app) {
    const CLI::App* top = &app;
    while (top->get_parent() != nullptr) top = top->get_parent();
    return *top;
}

void add_with_subcommands(const CLI::App& app, std::vector<const CLI::App*>& all) {
    all.push_back(&app);
    for (const CLI::App* each : commands_of(app)) add_with_subcommands(*each, all);
}

std::vector<const CLI::App*> all_commands(const CLI::App& app) {
    std::vector<const CLI::App*> all;
    add_with_subcommands(program_of(app), all);
    return all;
}

/// What --help calls them, those of which --help does not speak left out.
std::vector<std::string> option_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : complete::options_of(app)) {
        for (const std::string& each : option->get_lnames()) names.push_back("--" + each);
    }
    return names;
}

std::string list_of_commands(const CLI::App& app) {
    return fmt::format("{}: {}; see {} --help", app.get_parent() == nullptr ? "commands" : "subcommands",
                       join(names_of(commands_of(app)), ", "), full_name(app));
}

Error unknown_option(const CLI::App& app, const std::string& word) {
    std::vector<std::string> owners;
    for (const CLI::App* each : all_commands(app)) {
        const std::vector<std::string> names = option_names(*each);
        if (std::find(names.begin(), names.end(), word) != names.end()) owners.push_back(full_name(*each));
    }
    std::string otherwise = full_name(app) + " has no such option";
    if (!owners.empty())
        otherwise += fmt::format("; {} {} it", join(owners, ", "), owners.size() == 1 ? "has" : "have");
    // One letter is near to every other.
    const bool letter = word.size() <= 2;
    return {ErrorKind::usage, "unknown option", word,
            did_you_mean(word, letter || !owners.empty() ? std::vector<std::string>() : option_names(app), otherwise),
            fmt::format("see {} --help", full_name(app))};
}

Error surplus_word(const CLI::App& app, const std::string& word) {
    std::vector<std::string> taken;
    for (std::size_t index = 0; const CLI::Option* each = complete::positional_of(app, index); ++index) {
        taken.push_back(each->get_name(true));
    }
    return {ErrorKind::usage, "cannot understand the command line", word,
            taken.empty() ? full_name(app) + " takes options only"
                          : fmt::format("{} takes nothing after {}", full_name(app), join(taken, " ")),
            fmt::format("see {} --help", full_name(app))};
}

complete::TypedLine read_complete_line(const CLI::App& program, std::vector<std::string> words) {
    words.emplace_back();  // the cursor is behind the last word
    return complete::read_typed_line(program, words);
}

}  // namespace

std::string full_name(const CLI::App& command) {
    const CLI::App* parent = command.get_parent();
    return parent == nullptr ? command.get_name() : full_name(*parent) + " " + command.get_name();
}

Error unknown_command(const CLI::App& app, const std::string& word) {
    std::string otherwise = "there is no such command";
    for (const CLI::App* each : all_commands(app)) {
        if (each->get_parent() == nullptr || each->get_name() != word) continue;
        otherwise = fmt::format("did you mean {}?", full_name(*each));
        break;
    }
    const std::vector<std::string> names = names_of(commands_of(app));
    if (names.empty()) {
        return {ErrorKind::usage, "unknown subcommand", word, full_name(app) + " has no subcommands",
                fmt::format("see {} --help", full_name(app))};
    }
    return {ErrorKind::usage, app.get_parent() == nullptr ? "unknown command" : "unknown subcommand", word,
            did_you_mean(word, names, otherwise), list_of_commands(app)};
}

std::optional<Error> misspelt_command(const CLI::App& program, const std::vector<std::string>& words) {
    const complete::TypedLine line = read_complete_line(program, words);
    // The value of an unknown option is not a command.
    if (!line.unknown_command || line.unknown_option) return std::nullopt;
    return unknown_command(*line.unknown_command->app, line.unknown_command->word);
}

std::optional<Error> misspelt_line(const CLI::App& program, const std::vector<std::string>& words) {
    const complete::TypedLine line = read_complete_line(program, words);
    if (line.unknown_option) return unknown_option(*line.unknown_option->app, line.unknown_option->word);
    if (line.surplus) return surplus_word(*line.surplus->app, line.surplus->word);
    if (line.option == nullptr && !commands_of(*line.app).empty()) {
        const bool top = line.app->get_parent() == nullptr;
        return Error(ErrorKind::usage, top ? "cannot start" : "cannot start " + full_name(*line.app), "",
                     top ? "no command given" : "no subcommand given", list_of_commands(*line.app));
    }
    return std::nullopt;
}

std::string command_in(const CLI::App& program, const std::vector<std::string>& words) {
    return full_name(*read_complete_line(program, words).app);
}

}  // namespace pystacks::cli
