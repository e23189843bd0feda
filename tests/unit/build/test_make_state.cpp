#include "build/make_state.hpp"
#include "catch.hpp"
#include "test_folder.hpp"

using namespace pystacks;
using namespace pystacks::build;
using pystacks::build::test::TestFolder;
using Folder = MakeState::Folder;

namespace {

InputList key(const std::string& flags) {
    InputList result;
    result.add("flags", flags);
    return result;
}

/// Each run of the program looks at the folder anew.
Folder seen_by_next_run(const Stamps& stamps, const InputList& wanted) {
    return MakeState(stamps, "debug").folder(wanted);
}

}  // namespace

TEST_CASE("a build folder in which no make ran is fresh") {
    const TestFolder folder;
    CHECK(seen_by_next_run(Stamps(folder.path()), key("-O2")) == Folder::fresh);
}

TEST_CASE("a make that was killed leaves an unreliable folder") {
    const TestFolder folder;
    const Stamps stamps(folder.path());
    MakeState(stamps, "debug").started(key("-O2"));
    CHECK(seen_by_next_run(stamps, key("-O2")) == Folder::unreliable);
    CHECK(MakeState(stamps, "optimized").folder(key("-O2")) == Folder::fresh);
}

TEST_CASE("an orderly interrupted make goes on with the same inputs only") {
    const TestFolder folder;
    const Stamps stamps(folder.path());
    const MakeState state(stamps, "debug");
    state.started(key("-O2"));
    state.stopped_cleanly();
    CHECK(seen_by_next_run(stamps, key("-O2")) == Folder::interrupted);
    CHECK(seen_by_next_run(stamps, key("-O3")) == Folder::unreliable);
    // Killed in the second try.
    state.started(key("-O2"));
    CHECK(seen_by_next_run(stamps, key("-O2")) == Folder::unreliable);
}

TEST_CASE("objects of other arguments are not reused") {
    const TestFolder folder;
    const Stamps stamps(folder.path());
    const MakeState state(stamps, "debug");
    state.started(key("-O2"));
    stamps.write("debug-make", key("-O2"));
    state.finished();
    CHECK(seen_by_next_run(stamps, key("-O3")) == Folder::unreliable);
}

TEST_CASE("a folder that was removed is forgotten") {
    const TestFolder folder;
    const Stamps stamps(folder.path());
    const MakeState state(stamps, "debug");
    state.started(key("-O2"));
    state.forget();
    CHECK(seen_by_next_run(stamps, key("-O2")) == Folder::fresh);
}

TEST_CASE("a make that was stopped because another configuration failed is not gone on with") {
    const TestFolder folder;
    const Stamps stamps(folder.path());
    const MakeState state(stamps, "debug");
    state.started(key("-O2"));
    state.stopped_cleanly();
    state.distrust();
    CHECK(seen_by_next_run(stamps, key("-O2")) == Folder::unreliable);
    // Nothing ended in order: nothing to take back.
    MakeState(stamps, "optimized").distrust();
    CHECK(MakeState(stamps, "optimized").folder(key("-O2")) == Folder::fresh);
}
