#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "findings/markup.hpp"
#include "findings/reports.hpp"
#include "findings/totals.hpp"
#include "report/page_template.hpp"

namespace pystacks::findings {
namespace {

using report::PageTemplate;

std::string class_of(Status status) { return replace_all(name_of(status), " ", "-"); }

class Page {
public:
    Page(const std::vector<Result>& results, const Subtitle& subtitle, const std::filesystem::path& templates)
        : results_(results),
          subtitle_(subtitle),
          page_(templates / "page.html"),
          row_(templates / "row.html"),
          evidence_(templates / "evidence.html") {}

    [[nodiscard]] std::string text() const {
        const Totals totals = count(results_);
        const bool strictly = subtitle_.strict && totals.not_run > 0;
        PageTemplate::Values values{
            {"packages", escape_markup(subtitle_.packages)},
            {"checks", std::to_string(results_.size())},
            {"duration", human_duration(subtitle_.seconds)},
            {"strict", strictly ? " (--strict: a check that is not run counts as a failure)" : ""},
            {"rows", rows()}};
        for (const auto& [status, number] :
             {std::pair{Status::passed, totals.passed}, std::pair{Status::failed, totals.failed},
              std::pair{Status::not_offered, totals.not_offered}, std::pair{Status::not_run, totals.not_run}}) {
            const std::string name = class_of(status);
            values[name] = std::to_string(number);
            // "0 failed" is good news: a number of zero has no colour of its own.
            values[name + "-class"] = number == 0 ? "none" : name;
        }
        return page_.filled(values);
    }

private:
    /// What failed comes first: that is what the page is opened for. What was not run is next.
    [[nodiscard]] std::string rows() const {
        std::string text;
        for (const Status status : {Status::failed, Status::not_run, Status::passed, Status::not_offered}) {
            for (const Result& result : results_) {
                if (result.verdict.status == status) text += row(result);
            }
        }
        return text;
    }

    [[nodiscard]] std::string row(const Result& result) const {
        const Verdict& verdict = result.verdict;
        return row_.filled({{"class", class_of(verdict.status)},
                            {"status", name_of(verdict.status)},
                            {"name", escape_markup(result.name)},
                            {"about", escape_markup(result.about)},
                            {"reason", escape_markup(verdict.reason)},
                            {"evidence", verdict.status == Status::failed ? evidence(verdict) : ""},
                            {"seconds", fmt::format("{:.1f}", result.seconds)}});
    }

    [[nodiscard]] std::string evidence(const Verdict& verdict) const {
        return evidence("expected", verdict.expected) + evidence("seen", verdict.seen) +
               evidence("to repeat, in " + subtitle_.shell, verdict.repeat);
    }

    [[nodiscard]] std::string evidence(const std::string& title, const std::string& text) const {
        if (text.empty()) return {};
        return evidence_.filled({{"title", escape_markup(title)}, {"text", escape_markup(text)}});
    }

    const std::vector<Result>& results_;
    const Subtitle& subtitle_;
    const PageTemplate page_, row_, evidence_;
};

}  // namespace

std::string to_page(const std::vector<Result>& results, const Subtitle& subtitle,
                    const std::filesystem::path& templates) {
    return Page(results, subtitle, templates).text();
}

}  // namespace pystacks::findings
