#include "cli/build_report.hpp"

#include "base/file.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::cli;

namespace {

report::ProgressEvent failed(const std::string& lane, const std::string& text, const std::string& log) {
    report::ProgressEvent event;
    event.kind = report::ProgressEvent::Kind::failed;
    event.lane = lane;
    event.phase = "make";
    event.text = text;
    event.log = log;
    return event;
}

class Nowhere final : public report::ProgressSink {
public:
    void post(const report::ProgressEvent&) override {}
};

}  // namespace

TEST_CASE("the first failure is the one that is told") {
    Nowhere nowhere;
    FailureWitness witness(nowhere);
    CHECK_FALSE(witness.failure());
    witness.post(failed("debug", "cannot make", ""));
    witness.post(failed("optimized", "interrupted", ""));
    REQUIRE(witness.failure());
    CHECK(witness.failure()->lane == "debug");
}

TEST_CASE("a failure shows the end of the right log, its path, and the command that goes on") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "build-report");
    const fs::path log = folder.path() / "debug-make.log";
    write_file_atomically(log, "cc a.c\na.c:3: error: expected ';'\n");
    const Error rpm("cannot build", "x.spec", "Bad exit status");

    const Error told = retell(rpm, failed("debug", "cannot make debug", log), "/rpm.log", "pystacks build x");
    CHECK(told.attempted() == "cannot make debug");
    CHECK(told.subject() == "debug: make");
    CHECK(told.reason().find("a.c:3: error") != std::string::npos);
    CHECK(told.hint() == "the whole log: " + log.string() + "\nto go on from there: pystacks build x");

    const Error without = retell(rpm, std::nullopt, "/rpm.log", "pystacks build x");
    CHECK(without.reason() == "Bad exit status");
    CHECK(without.hint() == "the whole log: /rpm.log\nto go on from there: pystacks build x");
}

TEST_CASE("an interruption is no failure") {
    const Error told = retell(Error(ErrorKind::interrupted, "stopped", "", ""), failed("debug", "interrupted", "/x"),
                              "/rpm.log", "pystacks build x");
    CHECK(told.kind() == ErrorKind::interrupted);
    CHECK(told.hint() == "to go on from there: pystacks build x");
}
