#include "base/json.hpp"
#include "findings/reports.hpp"
#include "findings/totals.hpp"

namespace pystacks::findings {
namespace {

/// Of the document; docs/json.md says what raises it.
constexpr int json_format = 1;

}  // namespace

std::string to_json(const std::vector<Result>& results, const Subtitle& subtitle) {
    const Totals totals = count(results);
    nlohmann::json json{{"format", json_format},
                        {"packages", subtitle.packages},
                        {"seconds", subtitle.seconds},
                        {"strict", subtitle.strict},
                        {"passed", totals.passed},
                        {"failed", totals.failed},
                        {"not_offered", totals.not_offered},
                        {"not_run", totals.not_run},
                        {"checks", nlohmann::json::array()}};
    for (const Result& result : results) {
        nlohmann::json check{{"name", result.name},
                             {"about", result.about},
                             {"status", key_of(result.verdict.status)},
                             {"reason", result.verdict.reason},
                             {"seconds", result.seconds}};
        if (result.verdict.status == Status::failed) {
            check["expected"] = result.verdict.expected;
            check["seen"] = result.verdict.seen;
            check["repeat"] = result.verdict.repeat;
        }
        json["checks"].push_back(std::move(check));
    }
    return json_text(json, 2) + "\n";
}

}  // namespace pystacks::findings
