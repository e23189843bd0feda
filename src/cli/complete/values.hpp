#pragma once

#include <string>
#include <vector>

#include "cli/complete/typed_line.hpp"

namespace pystacks::cli::complete {

/// A word that the shell may put in, or with ':' in front what the shell has to complete itself: ":file *.spec",
/// ":dir", or ":none" for what nobody can foresee.
struct Candidate {
    std::string text;
    std::string about;  ///< in one line; may be empty
};

/// What @p option may be given, by what --help shows of it: its type ("DIR", "quick|full|TESTS") and the values that it
/// is checked for, and for a positional its name ("STACK"). Empty for a type that this function does not know.
/// Files of pystacks are read; nothing is run. A file that is missing or wrong yields no candidate.
[[nodiscard]] std::vector<Candidate> values_of(const CLI::Option& option, const TypedLine& line);

}  // namespace pystacks::cli::complete
