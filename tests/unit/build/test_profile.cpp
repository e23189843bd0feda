#include <functional>

#include "base/error.hpp"
#include "base/file.hpp"
#include "build/plan.hpp"
#include "build/profile_key.hpp"
#include "build/recorded_profile.hpp"
#include "catch.hpp"
#include "source/pack.hpp"
#include "test_folder.hpp"

using namespace pystacks;
using namespace pystacks::build;
using pystacks::build::test::TestFolder;

namespace {

/// What a profile's key depends on.
struct Inputs {
    stack::Stack stack;
    Toolchain tools;
    SourceEntries sources;

    Inputs() {
        tools.release = "gcc 12.2.0 x86_64-linux-gnu";
        stack.build.configure = {"--prefix=/usr"};
        stack.build.environment = {{"CFLAGS", "-O2"}};
        stack.build.make_arguments = {"EXTRA=${prefix_map}", "TASK=-j${jobs}"};
        stack::Configuration optimized;
        optimized.name = "optimized";
        optimized.profile.targets = {"train"};
        optimized.profile.files = {"**.gcda", "trained"};
        optimized.profile.sources = {"**.{c,h}"};
        stack.configurations = {optimized};
        for (const char* path : {"a.c", "include/a.h", "lib/a.py"}) {
            sources[path].type = tree::FileType::regular;
            sources[path].digest = path;
        }
    }

    [[nodiscard]] ProfileKey key() const { return profile_key(stack, stack.configurations.front(), tools, sources); }
};

using Names = std::vector<std::string>;

Names changed_inputs(const std::function<void(Inputs&)>& change) {
    const Inputs before;
    Inputs after;
    change(after);
    return different_inputs(before.key(), after.key());
}

}  // namespace

TEST_CASE("a profile belongs to the compiler, the arguments and the variables of its configuration") {
    CHECK(changed_inputs([](Inputs&) {}).empty());
    CHECK(changed_inputs([](Inputs& i) { i.tools.release = "gcc 13.1.0 x86_64-linux-gnu"; }) == Names{"compiler"});
    CHECK(changed_inputs([](Inputs& i) { i.stack.build.configure = {}; }) == Names{"configure arguments"});
    CHECK(changed_inputs([](Inputs& i) { i.stack.build.make_arguments = {}; }) == Names{"make arguments"});
    CHECK(changed_inputs([](Inputs& i) { i.stack.configurations.front().profile.targets = {"more"}; }) ==
          Names{"make arguments"});
    CHECK(changed_inputs([](Inputs& i) { i.stack.build.environment["CFLAGS"] = "-O3"; }) == Names{"variable CFLAGS"});
    CHECK(changed_inputs([](Inputs& i) { i.stack.build.environment["LDFLAGS"] = "-g"; }) == Names{"variable LDFLAGS"});
}

TEST_CASE("a profile belongs to no folder, host, release or other configuration") {
    CHECK(changed_inputs([](Inputs& i) { i.stack.version = "2"; }).empty());
    CHECK(changed_inputs([](Inputs& i) { i.stack.release = "2"; }).empty());
    CHECK(changed_inputs([](Inputs& i) { i.tools.host = "another"; }).empty());
    CHECK(changed_inputs([](Inputs& i) { i.tools.compiler = "gcc (Distribution 12.2.0-15) 12.2.0"; }).empty());
    CHECK(changed_inputs([](Inputs& i) { i.stack.configurations.emplace_back().name = "debug"; }).empty());
}

TEST_CASE("of the sources those count that the recipe names") {
    const Inputs before;
    Inputs after;
    after.sources["lib/a.py"].digest = "changed";
    CHECK(different_sources(before.key(), after.key()).empty());
    after.sources["a.c"].digest = "changed";
    after.sources["b.c"].type = tree::FileType::regular;
    after.sources.erase("include/a.h");
    CHECK(different_sources(before.key(), after.key()) == Names{"a.c", "b.c", "include/a.h"});
}

TEST_CASE("a key can be written and read") {
    const ProfileKey key = Inputs().key();
    const ProfileKey read = profile_key_from_json(to_json(key), "x.profile");
    CHECK(read.inputs == key.inputs);
    CHECK(read.sources == key.sources);
    for (const char* text :
         {"", "{}", "[]", "{\"format\": 1}", "{\"format\": 2, \"inputs\": 3, \"sources\": {}}", "\xff"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(profile_key_from_json(text, "x.profile"), Error);
    }
}

TEST_CASE("only where a recipe says so is a compiler trained, and not with a recorded profile") {
    const Inputs inputs;
    const auto& configuration = inputs.stack.configurations.front();
    const ConfigurationPlan trained = plan(inputs.stack, configuration, Layout("/b/x-1"), "2");
    CHECK(trained.train.back() == "train");
    CHECK(trained.trained);
    stack::Configuration other = configuration;
    other.name = "debug";
    other.profile = {};
    CHECK(plan(inputs.stack, other, Layout("/b/x-1"), "2").train.empty());
    CHECK_FALSE(plan(inputs.stack, other, Layout("/b/x-1"), "2").trained);

    SourceDigests before{"fixed", "files", {}}, after{"fixed", "other files", {}};
    const auto configure = [&](const SourceDigests& source, const std::string& profile) {
        return keys(trained, Layout("/b/x-1"), source, {}, inputs.tools, profile).configure.digest();
    };
    CHECK(configure(before, "") != configure(after, ""));
    CHECK(configure(before, "profile") == configure(after, "profile"));
    CHECK(keys(trained, Layout("/b/x-1"), before, {}, inputs.tools, "a").make.digest() !=
          keys(trained, Layout("/b/x-1"), before, {}, inputs.tools, "b").make.digest());
}

TEST_CASE("what a training leaves is recorded, the same bytes every time, and comes back to its place") {
    const TestFolder folder;
    const Inputs inputs;
    const Layout layout(folder.path() / "fake-1");
    const fs::path trained = layout.build("optimized"), used = folder.path() / "used";
    make_directories(trained / "Objects");
    make_directories(used);
    write_file_atomically(trained / "Objects/a.gcda", std::string("counts\0 of a", 12));
    write_file_atomically(trained / "trained", "");
    write_file_atomically(trained / "Makefile", "all:");
    const fs::path archive = folder.path() / "x.profile", again = folder.path() / "again.profile";
    record_profile(inputs.key(), inputs.stack.base().profile, layout.build("optimized"), archive);
    record_profile(inputs.key(), inputs.stack.base().profile, layout.build("optimized"), again);
    CHECK(read_file(archive) == read_file(again));

    use_profile({archive, ""}, inputs.stack.base().profile, used);
    CHECK(read_file(used / "Objects/a.gcda") == std::string("counts\0 of a", 12));
    CHECK(fs::exists(used / "trained"));
    CHECK_FALSE(fs::exists(used / "Makefile"));
    CHECK_FALSE(fs::exists(used / "profile.json"));
    CHECK_FALSE(fs::exists(folder.path() / "used.profile"));
}

TEST_CASE("a profile brings no files but those that the recipe names, and none to another folder") {
    const TestFolder folder;
    const Inputs inputs;
    const fs::path archive = folder.path() / "x.profile", used = folder.path() / "used";
    make_directories(used);
    source::pack(archive, {{"profile.json", to_json(inputs.key())}, {"Makefile", "evil:"}, {"a.gcda", "counts"}});
    use_profile({archive, ""}, inputs.stack.base().profile, used);
    CHECK(fs::exists(used / "a.gcda"));
    CHECK_FALSE(fs::exists(used / "Makefile"));
    source::pack(archive, {{"../a.gcda", "counts"}});
    CHECK_THROWS_AS(use_profile({archive, ""}, inputs.stack.base().profile, used), Error);
    CHECK_FALSE(fs::exists(folder.path() / "a.gcda"));
}

TEST_CASE("a training that has counted nothing is no profile") {
    const TestFolder folder;
    const Layout layout(folder.path() / "fake-1");
    make_directories(layout.build("optimized"));
    const Inputs inputs;
    const auto record = [&] {
        record_profile(inputs.key(), inputs.stack.base().profile, layout.build("optimized"),
                       folder.path() / "x.profile");
    };
    CHECK_THROWS_AS(record(), Error);
    write_file_atomically(layout.build("optimized") / "trained", "");  // make's note that it has run the training
    CHECK_THROWS_AS(record(), Error);
    CHECK_FALSE(fs::exists(folder.path() / "x.profile"));
}

TEST_CASE("a profile of objects that are named after the build folder belongs to that folder") {
    const TestFolder folder;
    const fs::path archive = folder.path() / "x.profile";
    const Inputs inputs;
    for (const bool named_after : {true, false}) {
        const Layout layout(folder.path() / (named_after ? "fake-1" : "fake-2"));
        const fs::path objects = layout.build("optimized") / "build/temp" /
                                 (named_after ? layout.root().relative_path() : fs::path("Modules"));
        make_directories(objects);
        write_file_atomically(objects / "a.gcda", "counts");
        record_profile(inputs.key(), inputs.stack.base().profile, layout.build("optimized"), archive);
        const auto text = source::read_first_member(archive, "profile.json", 1U << 20U);
        const ProfileKey key = profile_key_from_json(text.value(), archive);
        CHECK(different_inputs(key, inputs.key()) == (named_after ? Names{"build folder"} : Names{}));
    }
}
