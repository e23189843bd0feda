#include "stackbuild/failure.hpp"

#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::stackbuild;

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

TEST_CASE("an interrupted configuration is not why another failed") {
    Nowhere nowhere;
    FailureWitness witness(nowhere);
    report::ProgressEvent stopped = failed("optimized", "interrupted", "");
    stopped.kind = report::ProgressEvent::Kind::interrupted;
    witness.post(stopped);
    REQUIRE(witness.failure());
    CHECK(witness.failure()->lane == "optimized");
    witness.post(failed("debug", "cannot make", ""));
    CHECK(witness.failure()->lane == "debug");
}

TEST_CASE("a failure tells the stage's reason, the right log's path, and the command that goes on") {
    const Error rpm("cannot build", "x.spec", "Bad exit status");
    report::ProgressEvent failure = failed("debug", "cannot make debug", "/logs/debug-make.log");
    failure.reason = "cannot make debug: make exited with status 2:\na.c:3: error: expected ';'\n";

    const Error told = retell(rpm, failure, "/rpm.log", "pystacks build x");
    CHECK(told.attempted() == "debug");
    CHECK(told.subject() == "make failed");
    CHECK(told.reason().find("a.c:3: error") != std::string::npos);
    CHECK(told.hint() == "the whole log: /logs/debug-make.log\nto resume: pystacks build x");

    failure.log.clear();
    CHECK(retell(rpm, failure, "/rpm.log", "x").hint() == "the whole log: /rpm.log\nto resume: x");

    const Error without = retell(rpm, std::nullopt, "/rpm.log", "pystacks build x");
    CHECK(without.reason() == "Bad exit status");
    CHECK(without.hint() == "the whole log: /rpm.log\nto resume: pystacks build x");
    const Error advice("cannot build", "x.spec", "what is required is not there: gcc", "install it");
    CHECK(retell(advice, std::nullopt, "/rpm.log", "pystacks build x").hint() ==
          "install it\nthe whole log: /rpm.log\nto resume: pystacks build x");

    failure.reason += "the whole output: /logs/post-install.log";
    failure.log = "/logs/post-install.log";
    CHECK(retell(rpm, failure, "/rpm.log", "x").hint() == "to resume: x");
}

TEST_CASE("an interruption is no failure") {
    const Error told = retell(Error(ErrorKind::interrupted, "stopped", "", ""), failed("debug", "interrupted", "/x"),
                              "/rpm.log", "pystacks build x");
    CHECK(told.kind() == ErrorKind::interrupted);
    CHECK(told.hint() == "to resume: pystacks build x");
}
