#include "cli/findings_output.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/print.hpp"
#include "findings/totals.hpp"
#include "host/data_folders.hpp"

namespace pystacks::cli {

void list_checks(const std::vector<findings::Check>& checks) {
    std::size_t width = 0;
    for (const findings::Check& check : checks) width = std::max(width, check.name.size());
    for (const findings::Check& check : checks) {
        print_text(fmt::format("{:<{}}  {}\n", check.name, width, check.about));
    }
}

int report_results(const FindingsOutput& output, const std::vector<findings::Result>& results,
                   findings::Subtitle subtitle) {
    subtitle.strict = output.strict;
    if (!output.junit.empty()) write_result(output.junit, findings::to_junit(results, subtitle));
    if (!output.html.empty()) {
        write_result(output.html, findings::to_page(results, subtitle, host::data_folders().templates / "findings"));
    }
    output.json ? print_data(findings::to_json(results, subtitle))
                : print_verdicts(findings::to_text(results, subtitle));
    return findings::are_good(results, output.strict) ? 0 : exit_code(ErrorKind::failed);
}

}  // namespace pystacks::cli
