#include "findings/finding_list.hpp"

#include "catch.hpp"

using namespace pystacks::findings;

TEST_CASE("findings are counted, the first is named, many are cut") {
    FindingList findings;
    CHECK(findings.verdict("5 files", "bad files", "none bad").status == Status::passed);
    FindingList one;
    one.add("/file is bad");
    CHECK(one.verdict("", "bad files", "none bad").reason == "/file is bad");
    for (int number = 0; number < 30; ++number) findings.add("/file" + std::to_string(number) + " is bad");
    const Verdict verdict = findings.verdict("", "bad files", "none bad");
    CHECK(verdict.status == Status::failed);
    CHECK(verdict.reason == "30 bad files; the first: /file0 is bad");
    CHECK_THAT(verdict.seen,
               contains_text("/file19 is bad") && contains_text("and 10 more") && !contains_text("/file25"));
}

TEST_CASE("a finding names its subject, where it has one") {
    FindingList findings;
    findings.add("/usr/bin/x", "it has no build id");
    findings.add("/y is missing");
    CHECK(findings.lines() == std::vector<std::string>{"/usr/bin/x: it has no build id", "/y is missing"});
    CHECK(findings.verdict("", "bad files", "none bad").reason ==
          "2 bad files; the first: /usr/bin/x: it has no build id");
}
