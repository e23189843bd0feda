#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

/// `pystacks help [COMMAND [SUBCOMMAND]]`: what --help of that command prints.
namespace pystacks::cli::help {

inline constexpr const char* name = "help";

/// @param program whose commands can be asked for @param command the words of its name; empty: the program itself
/// @return 0 @throws Error (usage) when there is no such command, with the nearest
int run(const CLI::App& program, const std::vector<std::string>& command);

}  // namespace pystacks::cli::help
