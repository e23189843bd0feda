#include "stackbuild/build_times.hpp"

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;
using stackbuild::BuildTimes;

namespace {

report::Timeline timeline(double total) {
    report::Timeline result;
    result.spans = {{"stack", "prep", 0, total / 2}};
    result.total = total;
    return result;
}

}  // namespace

TEST_CASE("there is an estimate only after a build of the same kind") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "times");
    const BuildTimes all(folder.path(), "python", "a"), binaries(folder.path(), "python", "b");
    CHECK_FALSE(all.earlier());
    all.record(timeline(10));
    all.record(timeline(20));
    binaries.record(timeline(5));
    REQUIRE(all.earlier());
    CHECK(all.earlier()->total == 20);
    CHECK(all.earlier()->spans.front().phase == "prep");
    CHECK(binaries.earlier()->total == 5);
    CHECK_FALSE(BuildTimes(folder.path(), "other", "a").earlier());
}

TEST_CASE("the times of the last few kinds of builds are kept") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "times");
    for (int i = 0; i < 20; ++i) BuildTimes(folder.path(), "python", std::to_string(i)).record(timeline(i));
    CHECK_FALSE(BuildTimes(folder.path(), "python", "11").earlier());
    CHECK(BuildTimes(folder.path(), "python", "12").earlier());
}

TEST_CASE("a damaged file of times is no earlier build, and is written again") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "times");
    fs::create_directories(folder.path() / ".pystacks");
    const BuildTimes times(folder.path(), "python", "a");
    for (const char* text :
         {"", "{", "[]", R"({"format":2,"builds":[]})", R"({"format":1,"builds":7})", R"({"format":"1"})",
          R"({"format":1,"builds":[{"build":3}]})", R"({"format":1,"builds":[7]})"}) {
        INFO(text);
        write_file_atomically(folder.path() / ".pystacks" / "python-times.json", text);
        CHECK_FALSE(times.earlier());
        times.record(timeline(10));
        CHECK(times.earlier());
    }
}
