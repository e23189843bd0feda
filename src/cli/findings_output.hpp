#pragma once

#include <filesystem>
#include <vector>

#include "findings/check.hpp"
#include "findings/reports.hpp"

/// How commands that run checks print what there is to find and what was found.
namespace pystacks::cli {

/// Where results go, and what counts as a failure.
struct FindingsOutput {
    std::filesystem::path junit, html;  ///< files to write; may be empty
    bool strict = false;                ///< what is not run counts as a failure
    bool json = false;                  ///< to standard output, instead of text
};

/// --list: a line for each check.
void list_checks(const std::vector<findings::Check>& checks);

/// Writes the files of --junit and --html and prints the results. @return the exit code
[[nodiscard]] int report_results(const FindingsOutput& output, const std::vector<findings::Result>& results,
                                 findings::Subtitle subtitle);

}  // namespace pystacks::cli
