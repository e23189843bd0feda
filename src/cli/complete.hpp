#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

/// `pystacks complete [--describe] -- WORD…`: what the last word may become. Shells ask it (completions/); it is not
/// for people.
namespace pystacks::cli::complete {

inline constexpr const char* name = "complete";

/// Prints a candidate per line, with --describe also a tab and what it is. A line with ':' in front is for the shell:
/// ":dir", ":file", ":file PATTERN" are its own completion of files, ":none" says that nothing can be foreseen.
/// @param program the program's options and subcommands: they are all that is known here
/// @param arguments those after "complete" @return 0
int run(const CLI::App& program, const std::vector<std::string>& arguments);

}  // namespace pystacks::cli::complete
