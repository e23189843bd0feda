#include "python/imports.hpp"

#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::python;

namespace {

process::Outcome ended(process::Outcome::End end, int code) {
    process::Outcome outcome;
    outcome.end = end;
    outcome.code = code;
    return outcome;
}

}  // namespace

TEST_CASE("modules that do not import are reported with their whole message") {
    const ImportReport report =
        read_import_report(ended(process::Outcome::End::exited, 1),
                           "import a\nchatter of a\nimport b\nfailed b: Traceback\n  | ImportError: no\nimport c\n");
    CHECK(report.failures == std::vector<std::string>{"b: Traceback\nImportError: no"});
    CHECK(report.imported == 2);
    CHECK_FALSE(report.succeeded());
}

TEST_CASE("an error of the import is told from another file that was loaded") {
    const ImportReport report = read_import_report(
        ended(process::Outcome::End::exited, 1),
        "import a\nfailed a: x.so was loaded instead of a.so\nimport b\nraised b\nfailed b: Traceback\n  | E: no\n");
    REQUIRE(report.failures.size() == 2);
    CHECK(report.raised == std::map<std::size_t, std::string>{{1, "b"}});
}

TEST_CASE("a crash is that of the module that was being imported") {
    const ImportReport report = read_import_report(ended(process::Outcome::End::signalled, 11), "import a\nimport b\n");
    REQUIRE(report.failures.size() == 1);
    CHECK(report.failures.front().starts_with("b: the interpreter"));
}

TEST_CASE("an interpreter that ends early is a failure, whatever it printed") {
    CHECK_FALSE(read_import_report(ended(process::Outcome::End::exited, 3), "").succeeded());
    CHECK(read_import_report(ended(process::Outcome::End::exited, 0), "import a\n").succeeded());
}
