#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace CLI {
class App;
}

/// What was meant by words of the command line that nobody knows. CLI11 lists them in an order of its own, with the
/// values of unknown options among them.
namespace pystacks::cli {

/// "pystacks extension build", as a user types it.
[[nodiscard]] std::string full_name(const CLI::App& command);

/// The error for a word that is not a command of @p app, with the nearest command, or with the command of another one
/// that has just this name.
[[nodiscard]] Error unknown_command(const CLI::App& app, const std::string& word);

/// The error for the first word that is not a command where one is expected, before anything else is read: what follows
/// belongs to a command that is not known.
/// @param words without the program's name
[[nodiscard]] std::optional<Error> misspelt_command(const CLI::App& program, const std::vector<std::string>& words);

/// The same for an option that the command does not have, a command that is missing, and a word too many.
[[nodiscard]] std::optional<Error> misspelt_line(const CLI::App& program, const std::vector<std::string>& words);

/// The full name of the command that @p words give, as far as it is known.
[[nodiscard]] std::string command_in(const CLI::App& program, const std::vector<std::string>& words);

}  // namespace pystacks::cli
