#include <algorithm>

#include "base/error.hpp"
#include "catch.hpp"
#include "fixture.hpp"

using namespace pystacks;
using namespace pystacks::rpm;
using namespace pystacks::rpm::test;

TEST_CASE("inspect says what the spec says") {
    const TinyStack tiny;
    SpecJob job = tiny.job();
    job.macros = {"greeting", "no_such_macro"};
    const SpecInfo info = inspect(job);
    CHECK(info.name == "tiny");
    CHECK(info.version == "1.0");
    CHECK(info.nvr == "tiny-1.0-1");
    CHECK(info.source_package == tiny.topdir() / "SRPMS/tiny-1.0-1.src.rpm");
    CHECK(info.source_folder == tiny.topdir() / "SOURCES");
    CHECK(info.build_folder.filename() == "tiny-1.0");
    CHECK(info.macros == std::map<std::string, std::string>{{"greeting", "Hello"}});

    REQUIRE(info.sources.size() == 2);
    CHECK(info.sources[0].url == "https://example.org/tiny.c");
    CHECK(info.sources[0].file == "tiny.c");
    CHECK(info.sources[1].file == "tiny-stack.toml");
    REQUIRE(info.build_requires.size() == 1);
    CHECK(info.build_requires[0] == "pystacks >= " PYSTACKS_VERSION);

    std::vector<std::string> names;
    for (const SpecPackage& package : info.packages) names.push_back(package.name);
    std::vector<std::string> expected{"tiny", "tiny-libs"};
    if (rpm_lists_debug_packages()) expected.insert(expected.end(), {"tiny-debuginfo", "tiny-debugsource"});
    CHECK(names == expected);
    CHECK(info.packages[1].arch == "noarch");
    CHECK(info.packages[1].file == tiny.topdir() / "RPMS/noarch/tiny-libs-1.0-1.noarch.rpm");
}

TEST_CASE("the stack is expanded as the spec would") {
    const TinyStack tiny;
    SpecJob job = tiny.job();
    CHECK_THAT(inspect(job).expanded_stack, contains_text("text = \"Hello from tiny 1.0, 100% sure\"") &&
                                                contains_text("extra = 0") && contains_text("# of tiny"));
    job.with = {"extra"};
    CHECK_THAT(inspect(job).expanded_stack, contains_text("extra = 1"));
    job.with.clear();
    job.defines.emplace_back("with_extra 1");
    CHECK_THAT(inspect(job).expanded_stack, contains_text("extra = 1"));
    job.without = {"extra"};
    job.defines.back() = "with_extra 0";
    CHECK_THAT(inspect(job).expanded_stack, contains_text("extra = 0"));
}

TEST_CASE("sources and macros may be missing where only the spec is asked") {
    const TinyStack tiny;
    SpecJob job = tiny.job();
    job.stack_text.clear();
    job.macros_file.clear();
    fs::remove_all(tiny.topdir() / "SOURCES");
    CHECK(inspect(job).nvr == "tiny-1.0-1");
}

TEST_CASE("a spec that rpm cannot parse is an error with rpm's words") {
    const TinyStack tiny;
    const SpecJob job = tiny.job();
    write_file_atomically(job.spec, "Name: tiny\nNonsense: yes\n");
    CHECK_THROWS_WITH(inspect(job), contains_text("tiny.spec") && contains_text("Nonsense"));
    write_file_atomically(job.spec, "%if 1\nName: tiny\n");
    CHECK_THROWS_AS(inspect(job), Error);
    fs::remove(job.spec);
    CHECK_THROWS_WITH(inspect(job), contains_text("tiny.spec"));
}

TEST_CASE("a worker that dies, or is no worker, is an error") {
    const TinyStack tiny;
    SpecJob job = tiny.job();
    job.program = "/bin/false";
    CHECK_THROWS_WITH(inspect(job), contains_text("status 1"));
    job.program = "/bin/true";
    CHECK_THROWS_AS(inspect(job), Error);
    job.program = "/no/such/program";
    CHECK_THROWS_AS(inspect(job), Error);
}

TEST_CASE("a definition without a value is an error") {
    const TinyStack tiny;
    SpecJob job = tiny.job();
    job.defines.emplace_back("1nonsense");
    CHECK_THROWS_AS(inspect(job), Error);
}
