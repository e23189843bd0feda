#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "verify/results.hpp"
#include "verify/runner.hpp"

namespace pystacks::verify {
namespace {

/// Of the document of --json; docs/json.md says what raises it.
constexpr int json_format = 1;

constexpr const char* replacement_character = "\xEF\xBF\xBD";  // U+FFFD

/// What a program printed may be anything; XML may not. @returns the bytes with U+FFFD for what is not UTF-8.
std::string valid_utf8(const std::string& bytes) {
    const nlohmann::json text = bytes;
    const std::string quoted = json_text(text);
    return parse_json(quoted).get<std::string>();
}

}  // namespace

std::string escape_markup(const std::string& bytes) {
    // XML has no U+FFFE and U+FFFF either.
    std::string text = replace_all(valid_utf8(bytes), "\xEF\xBF\xBE", replacement_character);
    text = replace_all(text, "\xEF\xBF\xBF", replacement_character);
    std::string result;
    for (const char character : text) {
        switch (character) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                if (static_cast<unsigned char>(character) >= ' ' || character == '\n' || character == '\t') {
                    result += character;
                } else {
                    result += replacement_character;
                }
        }
    }
    return result;
}

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

}  // namespace pystacks::verify
