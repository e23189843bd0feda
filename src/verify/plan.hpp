#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "verify/target.hpp"

namespace pystacks::verify {

/// When a check asks for what a version, or a build, of Python does not have.
struct NotOffered {
    std::string from, until;  ///< versions "3.9" that it holds for: from ≤ version < until; empty: no bound
    std::string without;      ///< holds only without this feature (python::Interpreter::features); empty: always
    std::string reason;       ///< what to tell

    [[nodiscard]] bool holds_for(int major, int minor) const;
};

/// A check that runs one command with an interpreter and looks at what it prints: a [[check]] of plan.toml.
struct PlannedCheck {
    std::string name, about;
    Target on = Target::each;
    std::string code;                    ///< for -c; or
    std::string script;                  ///< a file beside plan.toml
    std::vector<std::string> options;    ///< of the interpreter, before -c or the script
    std::vector<std::string> arguments;  ///< of the script; ${optimized} and ${debug} are the interpreters
    std::map<std::string, std::string> environment;
    std::string stdout_line, stderr_line;    ///< regular expressions (RE2) that a line has to match
    int stdout_lines = 1, stderr_lines = 1;  ///< how many lines, at least
    bool stdout_empty = false;
    std::string passed;   ///< what was seen when it passes; ${answer} is the last line of stdout; empty: about
    int time_limit = 60;  ///< seconds
    int cost = 1;         ///< tenths of a second that it takes with an optimized interpreter, roughly
    std::vector<NotOffered> not_offered;
};

/// @param text the text of plan.toml  @param file for messages
/// @throws Error (usage) that lists everything that is wrong, by line
[[nodiscard]] std::vector<PlannedCheck> parse_plan(std::string_view text, const std::filesystem::path& file);

}  // namespace pystacks::verify
