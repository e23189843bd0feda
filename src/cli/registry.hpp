#pragma once

namespace pystacks::cli {

/// Reads the command line and runs the subcommand that it names. @returns the exit code.
/// @throws Error (usage) for a command line that makes no sense, and whatever the subcommand throws.
int run(int argc, const char* const* argv);

}  // namespace pystacks::cli
