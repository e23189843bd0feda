#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "verify/check.hpp"

/// Results for people and for machines.
namespace pystacks::verify {

/// What was verified, for the heads of reports.
struct Subtitle {
    std::string packages;  ///< "python3.13-3.13.5-1 and 8 more packages"
    double seconds = 0;    ///< wall time of everything
    std::string shell;     ///< the command that opens a shell where failures can be repeated
    bool strict = false;   ///< a check that is not run counts as a failure
};

/// A table, the failures explained below it, and the totals.
[[nodiscard]] std::string to_text(const std::vector<Result>& results, const Subtitle& subtitle);
[[nodiscard]] std::string to_json(const std::vector<Result>& results, const Subtitle& subtitle);
/// JUnit's XML, as CI systems read it: one testsuite. A check that is not offered or not run is skipped, the latter
/// with the type "not run"; in a strict run it is an error. The testsuite's properties count both apart.
[[nodiscard]] std::string to_junit(const std::vector<Result>& results, const Subtitle& subtitle);
/// One page that asks for nothing else, readable in light and dark and without JavaScript.
/// @param templates templates/verify @throws Error when one cannot be read
[[nodiscard]] std::string to_html(const std::vector<Result>& results, const Subtitle& subtitle,
                                  const std::filesystem::path& templates);

/// The line of a result in that table. @param width of the names
[[nodiscard]] std::string line_of(const Result& result, std::size_t width);

/// "passed", "failed", "not offered", "not run".
[[nodiscard]] std::string name_of(Status status);
/// The same for programs: "not_offered".
[[nodiscard]] std::string key_of(Status status);

/// Whether the results are what the user asked for: nothing failed, and in a strict run everything was run.
[[nodiscard]] bool are_good(const std::vector<Result>& results, bool strict);

/// Text with &, <, > and quotes as entities, and without the control characters that XML cannot hold.
[[nodiscard]] std::string escape_markup(const std::string& text);

}  // namespace pystacks::verify
