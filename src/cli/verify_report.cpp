#include "cli/verify_report.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "cli/print.hpp"
#include "host/data_folders.hpp"

namespace pystacks::cli::verify {

using pystacks::verify::Check;
using pystacks::verify::Result;
using pystacks::verify::Subtitle;

unsigned jobs_of(const Options& options) {
    return options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
}

void list_checks(const std::vector<Check>& checks) {
    std::size_t width = 0;
    for (const Check& check : checks) width = std::max(width, check.name.size());
    for (const Check& check : checks) print_text(fmt::format("{:<{}}  {}\n", check.name, width, check.about));
}

int report_results(const Options& options, const std::vector<Result>& results, Subtitle subtitle) {
    subtitle.strict = options.strict;
    if (!options.junit.empty()) write_result(options.junit, to_junit(results, subtitle));
    if (!options.html.empty())
        write_result(options.html, to_html(results, subtitle, host::data_folders().templates / "verify"));
    options.json ? print_data(to_json(results, subtitle)) : print_verdicts(to_text(results, subtitle));
    return pystacks::verify::are_good(results, options.strict) ? 0 : exit_code(ErrorKind::failed);
}

}  // namespace pystacks::cli::verify
