#include <algorithm>

#include <fmt/format.h>

#include "base/characters.hpp"
#include "base/text.hpp"
#include "findings/reports.hpp"
#include "findings/totals.hpp"

namespace pystacks::findings {
namespace {

std::string indented(const std::string& text) {
    std::string result;
    for (const std::string& line : split(text, '\n')) result += "        " + without_control_characters(line) + "\n";
    return result;
}

std::string explanation(const Result& result, const Subtitle& subtitle) {
    const Verdict& verdict = result.verdict;
    std::string text = fmt::format("\nfailed: {}: {}\n", result.name, result.about);
    if (!verdict.expected.empty()) text += "    expected\n" + indented(verdict.expected);
    if (!verdict.seen.empty()) text += "    seen\n" + indented(verdict.seen);
    if (!verdict.repeat.empty()) text += "    to repeat, in " + subtitle.shell + "\n" + indented(verdict.repeat);
    return text;
}

}  // namespace

std::string line_of(const Result& result, std::size_t width) {
    const std::string reason = without_control_characters(result.verdict.reason);
    return fmt::format("{:<12} {:<{}}  {:>6.1f} s{}{}", name_of(result.verdict.status), result.name, width,
                       result.seconds, reason.empty() ? "" : "  ", reason);
}

std::string to_text(const std::vector<Result>& results, const Subtitle& subtitle) {
    std::size_t width = 0;
    for (const Result& result : results) width = std::max(width, result.name.size());
    std::string text;
    for (const Result& result : results) text += line_of(result, width) + "\n";
    for (const Result& result : results) {
        if (result.verdict.status == Status::failed) text += explanation(result, subtitle);
    }
    const Totals totals = count(results);
    text += fmt::format("\n{}: {} checks in {}: {}\n", subtitle.packages, results.size(),
                        human_duration(subtitle.seconds), totals.text());
    if (totals.not_run == 0) return text;
    return text + (subtitle.strict ? "A check that is not run counts as a failure (--strict).\n"
                                   : "With --strict, a check that is not run counts as a failure.\n");
}

}  // namespace pystacks::findings
