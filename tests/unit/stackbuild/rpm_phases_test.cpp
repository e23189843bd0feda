#include "stackbuild/rpm_phases.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

using namespace pystacks;
using report::ProgressEvent;

namespace {

struct Recorder final : report::ProgressSink {
    std::vector<std::string> seen;
    void post(const ProgressEvent& event) override {
        const bool begins = event.kind == ProgressEvent::Kind::started;
        seen.push_back((begins ? "start " : "end ") + event.phase);
    }
};

ProgressEvent event(ProgressEvent::Kind kind, const std::string& phase) {
    ProgressEvent result;
    result.kind = kind;
    result.lane = "stack";
    result.phase = phase;
    return result;
}

}  // namespace

TEST_CASE("what rpm does by itself after the stages is shown as a phase of its own") {
    Recorder recorder;
    stackbuild::RpmPhases phases(recorder);
    phases.post(event(ProgressEvent::Kind::finished, "copy"));
    phases.post(event(ProgressEvent::Kind::started, "check"));
    phases.post(event(ProgressEvent::Kind::finished, "check"));
    phases.finish();
    CHECK(recorder.seen == std::vector<std::string>{"end copy", "start check", "end check", "start write packages",
                                                    "end write packages"});
}

TEST_CASE("a message of a stage does not end what rpm is doing") {
    Recorder recorder;
    stackbuild::RpmPhases phases(recorder);
    phases.post(event(ProgressEvent::Kind::finished, "check"));
    phases.post(event(ProgressEvent::Kind::message, ""));
    CHECK(recorder.seen.back() == "end ");
    phases.finish();
    CHECK(recorder.seen.back() == "end write packages");
}

TEST_CASE("a build that stops before the install stage shows no phase of rpm's") {
    Recorder recorder;
    stackbuild::RpmPhases phases(recorder);
    phases.post(event(ProgressEvent::Kind::finished, "prep"));
    phases.finish();
    CHECK(recorder.seen == std::vector<std::string>{"end prep"});
}

TEST_CASE("what ends badly does not finish what rpm was doing") {
    for (const auto end : {ProgressEvent::Kind::failed, ProgressEvent::Kind::interrupted}) {
        Recorder recorder;
        stackbuild::RpmPhases phases(recorder);
        phases.post(event(ProgressEvent::Kind::finished, "check"));
        phases.post(event(end, "post-install"));
        phases.finish();
        CHECK(recorder.seen == std::vector<std::string>{"end check", "start write packages", "end post-install"});
    }
}

TEST_CASE("what rpm was doing when it was stopped is not finished") {
    struct Kinds final : report::ProgressSink {
        std::vector<ProgressEvent::Kind> seen;
        void post(const ProgressEvent& event) override { seen.push_back(event.kind); }
    } kinds;
    stackbuild::RpmPhases phases(kinds);
    phases.post(event(ProgressEvent::Kind::finished, "check"));
    phases.leave(ProgressEvent::Kind::interrupted);
    phases.finish();
    CHECK(kinds.seen == std::vector<ProgressEvent::Kind>{ProgressEvent::Kind::finished, ProgressEvent::Kind::started,
                                                         ProgressEvent::Kind::interrupted});
}
