#include "findings/reports.hpp"

#include "base/json.hpp"
#include "catch.hpp"
#include "findings/totals.hpp"

using namespace pystacks::findings;

namespace {

const std::vector<Result>& results() {
    static const std::vector<Result> all{
        {"refcount.total@debug", "references are counted", Verdict::pass("18998"), 0.25},
        {"elf.run-path", "no run path",
         Verdict::fail("1 file; <x>", "no \"RPATH\"", "a & b\x1b[31m \xff\xc3 \xEF\xBF\xBF\xEF\xBF\xBE",
                       "readelf -d x"),
         1},
        {"tsc.dump@debug", "timings", Verdict::not_offered("gone in 3.7"), 0},
        {"packages.rpmlint", "no errors", Verdict::not_run("this host has no rpmlint"), 0},
    };
    return all;
}

const Subtitle subtitle{"python3.13-3.13.5-1.x86_64", 12.5, "pystacks verify --shell dist"};

std::string page(const std::vector<Result>& some) {
    return to_page(some, subtitle, std::filesystem::path(PYSTACKS_REPOSITORY) / "templates/findings");
}

}  // namespace

TEST_CASE("the table explains what failed, and how to see it again") {
    const std::string text = to_text(results(), subtitle);
    CHECK_THAT(text, contains_text("passed       refcount.total@debug"));
    CHECK_THAT(text, contains_text("not offered  tsc.dump@debug"));
    CHECK_THAT(text, contains_text("failed: elf.run-path: no run path"));
    CHECK_THAT(text, contains_text("to repeat, in pystacks verify --shell dist\n        readelf -d x"));
    CHECK_THAT(text, contains_text("4 checks in 13 s: 1 passed, 1 failed, 1 not offered, 1 not run\n") ||
                         contains_text("4 checks in 12 s: 1 passed, 1 failed, 1 not offered, 1 not run\n"));
    CHECK_THAT(text, contains_text("not run      packages.rpmlint") && contains_text("With --strict"));
    // What a program under test prints must not reach the terminal as commands.
    CHECK_THAT(text, !contains_text("\x1b"));
}

TEST_CASE("JSON has all of it") {
    const nlohmann::json json = pystacks::parse_json(to_json(results(), subtitle));
    CHECK(json["failed"] == 1);
    CHECK(json["checks"][0]["status"] == "passed");
    CHECK(json["checks"][1]["repeat"] == "readelf -d x");
    CHECK(json["checks"][2]["status"] == "not_offered");
    CHECK(json["checks"][3]["status"] == "not_run");
    CHECK(json["not_offered"] == 1);
    CHECK(json["not_run"] == 1);
    CHECK(json["format"] == 1);
    CHECK(json["strict"] == false);
    CHECK_FALSE(json["checks"][0].contains("expected"));
}

TEST_CASE("JUnit is well-formed, and counts as CI does") {
    const std::string xml = to_junit(results(), subtitle);
    CHECK_THAT(xml, contains_text("tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"2\""));
    CHECK_THAT(xml, contains_text("<testcase classname=\"refcount\" name=\"refcount.total@debug\" time=\"0.250\">"));
    CHECK_THAT(xml, !contains_text("\xff") && contains_text("\xEF\xBF\xBD"));
    CHECK_THAT(xml, !contains_text("\xEF\xBF\xBE") && !contains_text("\xEF\xBF\xBF"));  // XML cannot hold them
    CHECK_THAT(xml, contains_text("<skipped message=\"gone in 3.7\"/>"));
    CHECK_THAT(xml, contains_text("<skipped type=\"not run\" message=\"not run: this host has no rpmlint\"/>"));
    CHECK_THAT(xml, contains_text("<property name=\"not_run\" value=\"1\"/>"));
    CHECK_THAT(xml,
               contains_text("message=\"1 file; &lt;x&gt;\"") && contains_text("a &amp; b") && !contains_text("\x1b"));
}

TEST_CASE("the page shows failures first, and asks for nothing") {
    const std::string html = page(results());
    CHECK(html.find("elf.run-path") < html.find("refcount.total@debug"));
    CHECK_THAT(html, contains_text("1 file; &lt;x&gt;") && !contains_text("<x>"));
    CHECK_THAT(html, !contains_text("http:") && !contains_text("https:") && !contains_text("<script"));
}

TEST_CASE("a strict run counts what is not run as a failure, and no other does") {
    const std::vector<Result> some{{"packages.rpmlint", "no errors", Verdict::not_run("this host has no rpmlint"), 0},
                                   {"tsc.dump@debug", "timings", Verdict::not_offered("gone in 3.7"), 0}};
    CHECK(are_good(some, false));
    CHECK_FALSE(are_good(some, true));
    CHECK(are_good({some[1]}, true));
    CHECK_FALSE(are_good(results(), false));
    Subtitle strict = subtitle;
    strict.strict = true;
    const std::string xml = to_junit(some, strict);
    CHECK_THAT(xml, contains_text("errors=\"1\" skipped=\"1\"") && contains_text("<error type=\"not run\""));
    CHECK_THAT(to_text(some, strict), contains_text("A check that is not run counts as a failure"));
}

TEST_CASE("a number of zero is not shown in the colour of failures") {
    const std::vector<Result> good{{"a", "it holds", Verdict::pass("it does"), 1}};
    CHECK_THAT(page(good), contains_text("<span class=\"none\">0 failed</span>"));
    CHECK_THAT(page(results()), contains_text("<span class=\"failed\">1 failed</span>") &&
                                    contains_text("<span class=\"not-run\">1 not run</span>"));
}
