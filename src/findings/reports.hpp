#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "findings/check.hpp"

/// Results for people and for machines.
namespace pystacks::findings {

/// What was checked, for the heads of reports.
struct Subtitle {
    std::string packages;  ///< "python3.13-3.13.5-1 and 8 more packages"
    double seconds = 0;    ///< wall time of everything
    std::string shell;     ///< the command that opens a shell where failures can be repeated
    bool strict = false;   ///< a check that is not run counts as a failure
};

/// A table, the failures explained below it, and the totals.
[[nodiscard]] std::string to_text(const std::vector<Result>& results, const Subtitle& subtitle);
/// The line of a result in that table. @param width of the names
[[nodiscard]] std::string line_of(const Result& result, std::size_t width);

/// The document that docs/json.md describes under "verify".
[[nodiscard]] std::string to_json(const std::vector<Result>& results, const Subtitle& subtitle);

/// JUnit's XML, as CI systems read it: one testsuite. A check that is not offered or not run is skipped, the latter
/// with the type "not run"; in a strict run it is an error. The testsuite's properties count both apart.
[[nodiscard]] std::string to_junit(const std::vector<Result>& results, const Subtitle& subtitle);

/// One page that asks for nothing else, readable in light and dark and without JavaScript.
/// @param templates templates/findings @throws Error when one cannot be read
[[nodiscard]] std::string to_page(const std::vector<Result>& results, const Subtitle& subtitle,
                                  const std::filesystem::path& templates);

}  // namespace pystacks::findings
