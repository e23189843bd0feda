#include "report/phase.hpp"

#include <stdexcept>
#include <vector>

#include "catch.hpp"

using namespace pystacks::report;
using Kind = ProgressEvent::Kind;

namespace {

struct Kinds final : ProgressSink {
    std::vector<Kind> seen;
    void post(const ProgressEvent& event) override { seen.push_back(event.kind); }
};

}  // namespace

TEST_CASE("a phase that an exception leaves has failed") {
    Kinds kinds;
    const auto leave = [&kinds] {
        Phase phase(kinds, "sample", "build");
        phase.advance(1);
        throw std::runtime_error("no");
    };
    CHECK_THROWS(leave());
    CHECK(kinds.seen == std::vector<Kind>{Kind::started, Kind::advanced, Kind::failed});
}

TEST_CASE("a phase ends once") {
    Kinds kinds;
    const auto leave = [&kinds] {
        Phase phase(kinds, "sample", "build");
        phase.finish();
        throw std::runtime_error("later");
    };
    CHECK_THROWS(leave());
    CHECK(kinds.seen == std::vector<Kind>{Kind::started, Kind::finished});
}
