#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

/// `pystacks complete [--describe] -- WORD…`: what the last word can be completed to. Shell completions call it
/// (completions/); users do not.
namespace pystacks::cli::complete {

inline constexpr const char* name = "complete";

/// Prints a candidate per line, with --describe also a tab and what it is. A line with ':' in front is for the shell:
/// ":dir", ":file", ":file PATTERN" are its own completion of files, ":none" means that there is nothing to offer.
/// @param program the program's options and subcommands: they are all that is known here
/// @param arguments those after "complete" @return 0
int run(const CLI::App& program, const std::vector<std::string>& arguments);

}  // namespace pystacks::cli::complete
