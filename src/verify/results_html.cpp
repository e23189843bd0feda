#include <fmt/format.h>

#include "base/text.hpp"
#include "verify/results.hpp"
#include "verify/runner.hpp"

namespace pystacks::verify {
namespace {

constexpr const char* style = R"(
:root { color-scheme: light dark; --good: #1a7f37; --bad: #cf222e; --open: #9a6700; --quiet: #6e7781;
  --line: #d0d7de; }
@media (prefers-color-scheme: dark) { :root { --good: #3fb950; --bad: #ff7b72; --open: #d29922; --quiet: #8b949e;
  --line: #30363d; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
td.time { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.name { white-space: nowrap; }
td.about { overflow-wrap: anywhere; }
code, pre { font: 13px/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; white-space: pre-wrap; margin: .2rem 0 .8rem; padding: .5rem .7rem;
  border: 1px solid var(--line); border-radius: 4px; }
.passed { color: var(--good); } .failed { color: var(--bad); font-weight: 600; } .not-run { color: var(--open); }
.not-offered, .none { color: var(--quiet); font-weight: inherit; }
.status { white-space: nowrap; } p.about, .reason { color: var(--quiet); margin: 0; }
/* A window that four columns do not fit in: a check is a block of lines. */
@media (max-width: 48rem) {
  body { margin: 1rem auto; padding: 0 .7rem; }
  h1 { font-size: 1.3rem; }
  table, tbody, tr, td { display: block; }
  tr.head { display: none; }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  td, td.name, td.time { border: 0; padding: 0; text-align: left; white-space: normal; overflow-wrap: anywhere; }
  td.status, td.time { display: inline-block; margin-right: .6rem; }
}
)";

/// "0 failed" is good news: a number of zero has no colour of its own.
std::string number(int count, Status status) {
    return fmt::format("<span class=\"{}\">{} {}</span>", count == 0 ? "none" : replace_all(name_of(status), " ", "-"),
                       count, name_of(status));
}

std::string part(const char* title, const std::string& text) {
    return text.empty() ? std::string() : fmt::format("<div>{}</div><pre>{}</pre>", title, escape_markup(text));
}

std::string row(const Result& result, const Subtitle& subtitle) {
    const Verdict& verdict = result.verdict;
    const std::string status = name_of(verdict.status);
    std::string details =
        fmt::format("{}<p class=\"reason\">{}</p>", escape_markup(result.about), escape_markup(verdict.reason));
    if (verdict.status == Status::failed) {
        details += part("expected", verdict.expected) + part("seen", verdict.seen) +
                   part(("to repeat, in " + escape_markup(subtitle.shell)).c_str(), verdict.repeat);
    }
    return fmt::format(
        "<tr><td class=\"status {}\">{}</td><td class=\"name\"><code>{}</code></td><td class=\"about\">{}</td>"
        "<td class=\"time\">{:.1f} s</td></tr>\n",
        replace_all(status, " ", "-"), status, escape_markup(result.name), details, result.seconds);
}

}  // namespace

std::string to_html(const std::vector<Result>& results, const Subtitle& subtitle) {
    const Totals totals = count(results);
    std::string html = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{} failed, {} passed: {}</title>\n"
        "<style>{}</style>\n</head>\n<body>\n<h1>{}</h1>\n"
        "<p>{} checks in {}: {}, {}, {}, {}{}</p>\n<table>\n"
        "<tr class=\"head\"><th>verdict</th><th>check</th><th>what it checks</th><th>time</th></tr>\n",
        totals.failed, totals.passed, escape_markup(subtitle.packages), style, escape_markup(subtitle.packages),
        results.size(), human_duration(subtitle.seconds), number(totals.passed, Status::passed),
        number(totals.failed, Status::failed), number(totals.not_offered, Status::not_offered),
        number(totals.not_run, Status::not_run),
        subtitle.strict && totals.not_run > 0 ? " (--strict: a check that is not run counts as a failure)" : "");
    // What failed comes first: that is what the page is opened for. What was not run is next.
    for (const Status status : {Status::failed, Status::not_run, Status::passed, Status::not_offered}) {
        for (const Result& result : results) {
            if (result.verdict.status == status) html += row(result, subtitle);
        }
    }
    return html + "</table>\n</body>\n</html>\n";
}

}  // namespace pystacks::verify
