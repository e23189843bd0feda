#pragma once

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace pystacks::cli::complete {

/// Where the cursor is in a command line that is still being typed: what the words before it mean to the parser.
struct TypedLine {
    const CLI::App* app = nullptr;          ///< the program's, or that of the innermost subcommand
    const CLI::Option* option = nullptr;    ///< whose value is being typed; null: none
    bool only_positionals = false;          ///< after "--"
    std::vector<std::string> positionals;   ///< of app, before the cursor
    std::vector<std::string> long_options;  ///< before the cursor: "--output"
    std::string before;                     ///< what the last word has before the value: "--output="; usually empty
    std::string typed;                      ///< the part of the last word that a candidate has to begin with

    /// A word that the parser would refuse.
    struct Unknown {
        std::string word;               ///< of "--wiht=a" the part before the "="
        const CLI::App* app = nullptr;  ///< what does not know it
    };
    std::optional<Unknown> unknown_option, unknown_command, surplus;  ///< the first of each before the cursor

    [[nodiscard]] bool gave(const std::string& long_option) const;
};

/// Parses @p words as CLI11 would, but tolerates mistakes: unknown words are noted and skipped.
/// @param words without the program's name; the last one is being typed, and may be empty. bash takes words apart at
/// "=", so "--output", "=", "dir" are read as one.
[[nodiscard]] TypedLine read_typed_line(const CLI::App& program, const std::vector<std::string>& words);

/// The options that may be given to @p app: its own, and those of the programs above it that it falls through to.
[[nodiscard]] std::vector<const CLI::Option*> options_of(const CLI::App& app);

/// The subcommands of @p app, except for those that are hidden.
[[nodiscard]] std::vector<const CLI::App*> commands_of(const CLI::App& app);

/// The n-th positional of @p app, from 0; the last one where that takes all further words. Null when there is none.
[[nodiscard]] const CLI::Option* positional_of(const CLI::App& app, std::size_t index);

}  // namespace pystacks::cli::complete
