#include <fmt/format.h>

#include "findings/markup.hpp"
#include "findings/reports.hpp"
#include "findings/totals.hpp"

namespace pystacks::findings {
namespace {

/// What a testcase has beside its name.
std::string junit_body(const Verdict& verdict, const Subtitle& subtitle) {
    const std::string message = escape_markup(verdict.reason);
    switch (verdict.status) {
        case Status::passed:
            return {};
        case Status::failed:
            return fmt::format("<failure message=\"{}\">expected: {}\nseen: {}\nto repeat, in {}: {}</failure>",
                               message, escape_markup(verdict.expected), escape_markup(verdict.seen),
                               escape_markup(subtitle.shell), escape_markup(verdict.repeat));
        case Status::not_run:
            return fmt::format("<{} type=\"not run\" message=\"not run: {}\"/>", subtitle.strict ? "error" : "skipped",
                               message);
        case Status::not_offered:
            return fmt::format("<skipped message=\"{}\"/>", message);
    }
    return {};
}

}  // namespace

std::string to_junit(const std::vector<Result>& results, const Subtitle& subtitle) {
    const Totals totals = count(results);
    std::string xml = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<testsuites><testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" "
        "time=\"{:.3f}\">\n"
        "<properties><property name=\"not_offered\" value=\"{}\"/><property name=\"not_run\" value=\"{}\"/>"
        "</properties>\n",
        escape_markup(subtitle.packages), results.size(), totals.failed, subtitle.strict ? totals.not_run : 0,
        totals.not_offered + (subtitle.strict ? 0 : totals.not_run), subtitle.seconds, totals.not_offered,
        totals.not_run);
    for (const Result& result : results) {
        const std::string group = result.name.substr(0, result.name.find('.'));
        xml +=
            fmt::format("<testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\">{}</testcase>\n", escape_markup(group),
                        escape_markup(result.name), result.seconds, junit_body(result.verdict, subtitle));
    }
    return xml + "</testsuite></testsuites>\n";
}

}  // namespace pystacks::findings
