#include "verify/results.hpp"

#include "base/json.hpp"
#include "catch.hpp"

using namespace pystacks::verify;

namespace {

const std::vector<Result>& results() {
    static const std::vector<Result> all{
        {"refcount.total@debug", "references are counted", Verdict::pass("18998"), 0.25},
        {"elf.run-path", "no run path",
         Verdict::fail("1 file; <x>", "no \"RPATH\"", "a & b\x1b[31m \xff\xc3 \xEF\xBF\xBF\xEF\xBF\xBE",
                       "readelf -d x"),
         1},
        {"tsc.dump@debug", "timings", Verdict::not_offered("gone in 3.7"), 0},
    };
    return all;
}

const Subtitle subtitle{"python3.13-3.13.5-1.x86_64", 12.5, "pystacks verify --shell dist"};

}  // namespace

TEST_CASE("the table explains what failed, and how to see it again") {
    const std::string text = to_text(results(), subtitle);
    CHECK_THAT(text, contains_text("passed       refcount.total@debug"));
    CHECK_THAT(text, contains_text("not offered  tsc.dump@debug"));
    CHECK_THAT(text, contains_text("failed: elf.run-path: no run path"));
    CHECK_THAT(text, contains_text("to repeat, in pystacks verify --shell dist\n        readelf -d x"));
    CHECK_THAT(text, contains_text("3 checks in 13 s: 1 passed, 1 failed, 1 not offered") ||
                         contains_text("3 checks in 12 s: 1 passed, 1 failed, 1 not offered"));
    // What a program under test prints must not reach the terminal as commands.
    CHECK_THAT(text, !contains_text("\x1b"));
}

TEST_CASE("JSON has all of it") {
    const nlohmann::json json = pystacks::parse_json(to_json(results(), subtitle));
    CHECK(json["failed"] == 1);
    CHECK(json["checks"][0]["status"] == "passed");
    CHECK(json["checks"][1]["repeat"] == "readelf -d x");
    CHECK(json["checks"][2]["status"] == "not_offered");
    CHECK_FALSE(json["checks"][0].contains("expected"));
}

TEST_CASE("JUnit is well-formed, and counts as CI does") {
    const std::string xml = to_junit(results(), subtitle);
    CHECK_THAT(xml, contains_text("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""));
    CHECK_THAT(xml, contains_text("<testcase classname=\"refcount\" name=\"refcount.total@debug\" time=\"0.250\">"));
    CHECK_THAT(xml, !contains_text("\xff") && contains_text("\xEF\xBF\xBD"));
    CHECK_THAT(xml, !contains_text("\xEF\xBF\xBE") && !contains_text("\xEF\xBF\xBF"));  // XML cannot hold them
    CHECK_THAT(xml, contains_text("<skipped message=\"gone in 3.7\"/>"));
    CHECK_THAT(xml,
               contains_text("message=\"1 file; &lt;x&gt;\"") && contains_text("a &amp; b") && !contains_text("\x1b"));
}

TEST_CASE("the page shows failures first, and asks for nothing") {
    const std::string html = to_html(results(), subtitle);
    CHECK(html.find("elf.run-path") < html.find("refcount.total@debug"));
    CHECK_THAT(html, contains_text("1 file; &lt;x&gt;") && !contains_text("<x>"));
    CHECK_THAT(html, !contains_text("http:") && !contains_text("https:") && !contains_text("<script"));
}
