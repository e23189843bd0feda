#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "fixture.hpp"

using namespace pystacks;
using namespace pystacks::rpm;
using namespace pystacks::rpm::test;

namespace {

BuildOptions options(const TinyStack& tiny, Amount amount) { return {amount, false, tiny.log()}; }

std::vector<std::string> file_names(const BuildResult& result) {
    std::vector<std::string> names;
    for (const fs::path& path : result.written) names.push_back(path.filename().string());
    return names;
}

std::string arch() { return std::string{trim(output_of({"rpm", "--eval", "%{_target_cpu}"}))}; }

}  // namespace

TEST_CASE("a build writes the SRPM, the packages and their debug packages, with the same bytes in another folder") {
    const TinyStack here;
    const BuildResult built = build(here.job(), options(here, Amount::all));
    const std::string suffix = "-1.0-1." + arch() + ".rpm";
    REQUIRE(file_names(built) == std::vector<std::string>{"tiny-1.0-1.src.rpm", "tiny" + suffix,
                                                          "tiny-libs-1.0-1.noarch.rpm", "tiny-debuginfo" + suffix,
                                                          "tiny-debugsource" + suffix});

    // Another's umask makes no difference either.
    const TinyStack there{"another/deeper"};
    fs::permissions(there.topdir() / "SOURCES/tiny.c", fs::perms::owner_read | fs::perms::owner_write);
    const BuildResult again = build(there.job(), options(there, Amount::all));
    REQUIRE(file_names(again) == file_names(built));
    for (std::size_t i = 0; i < built.written.size(); ++i) {
        INFO(built.written[i]);
        CHECK(read_file(built.written[i]) == read_file(again.written[i]));
    }

    const std::string sources = output_of({"rpm", "-qlp", "--nosignature", built.written[4].string()});
    CHECK_THAT(sources, contains_text("/usr/src/debug/tiny-1.0/source/tiny.c"));
}

TEST_CASE("rpmbuild --rebuild of the SRPM, and -bb alone, give the same packages") {
    const TinyStack tiny;
    const BuildResult built = build(tiny.job(), options(tiny, Amount::all));

    const TinyStack other{"elsewhere"};
    output_of({"rpmbuild", "--rebuild", "--nodeps", "--load", macros_file().string(), "-D",
               "_topdir " + other.topdir().string(), "-D", "__pystacks " + tiny.script().string(),
               built.written.front().string()});
    const TinyStack third{"third"};
    const BuildResult binary = build(third.job(), options(third, Amount::binary));
    REQUIRE(binary.written.size() + 1 == built.written.size());
    CHECK_FALSE(fs::exists(third.topdir() / "SRPMS/tiny-1.0-1.src.rpm"));
    for (std::size_t i = 1; i < built.written.size(); ++i) {
        INFO(built.written[i]);
        const std::string bytes = read_file(built.written[i]);
        CHECK(bytes == read_file(other.topdir() / fs::relative(built.written[i], tiny.topdir())));
        CHECK(bytes == read_file(binary.written[i - 1]));
    }
}

TEST_CASE("every stage reads the expanded stack, and has the changelog's date") {
    const TinyStack tiny;
    const std::string stack =
        "name = \"%{name}\"\n"
        "text = \"\"\"\n%%if not rpm's\n%%files\n\tindented  \nback\\\\slash $HOME `date` \\n\n\"\"\"\n"
        "mark = \"PYSTACKS_END_OF_STACK\"\nPYSTACKS_END_OF_STACK\n# 'quotes\"";
    tiny.write_stack(stack);
    build(tiny.job(), options(tiny, Amount::install));
    const std::string expanded =
        "name = \"tiny\"\n"
        "text = \"\"\"\n%if not rpm's\n%files\n\tindented  \nback\\\\slash $HOME `date` \\n\n\"\"\"\n"
        "mark = \"PYSTACKS_END_OF_STACK\"\nPYSTACKS_END_OF_STACK\n# 'quotes\"\n";
    for (const std::string stage : {"prep", "build", "install", "check"}) {
        INFO(stage);
        CHECK(read_file(tiny.build_folder() / (stage + ".stdin")) ==
              "#pystacks-document tiny-stack.toml\n" + expanded + "\n");
        CHECK(trim(read_file(tiny.build_folder() / (stage + ".epoch"))) == "1740960000");
    }
}

TEST_CASE("each amount goes as far as rpmbuild's, and keeps the build folder") {
    const TinyStack tiny;
    CHECK(build(tiny.job(), options(tiny, Amount::prep)).written.empty());
    CHECK(fs::exists(tiny.build_folder() / "prep.stdin"));
    CHECK_FALSE(fs::exists(tiny.build_folder() / "build.stdin"));
    write_file_atomically(tiny.build_folder() / "kept", "");

    CHECK(build(tiny.job(), options(tiny, Amount::build)).written.empty());
    CHECK_FALSE(fs::exists(tiny.build_folder() / "install.stdin"));
    CHECK(file_names(build(tiny.job(), options(tiny, Amount::source))) ==
          std::vector<std::string>{"tiny-1.0-1.src.rpm"});
    CHECK_FALSE(fs::exists(tiny.build_folder() / "install.stdin"));
    build(tiny.job(), options(tiny, Amount::binary));
    CHECK(fs::exists(tiny.build_folder() / "kept"));
}

TEST_CASE("a package behind a switch is written with it") {
    const TinyStack tiny;
    SpecJob job = tiny.job();
    job.with = {"extra"};
    const auto names = file_names(build(job, options(tiny, Amount::binary)));
    CHECK(std::count(names.begin(), names.end(), "tiny-extra-1.0-1." + arch() + ".rpm") == 1);
}

TEST_CASE("a stage that fails is an error that shows the end of the log") {
    const TinyStack tiny;
    write_file_atomically(tiny.script(), "#!/bin/sh\necho the stage says why >&2\nexit 7\n", 0755);
    CHECK_THROWS_WITH(build(tiny.job(), options(tiny, Amount::prep)),
                      contains_text("the stage says why") && contains_text("%prep") && contains_text("tiny.spec"));
}

TEST_CASE("a stack that is missing while a stage runs is named") {
    const TinyStack tiny;
    write_file_atomically(tiny.topdir() / "SOURCES/tiny-stack.toml.kept", "");
    SpecJob job = tiny.job();
    job.stack_text.clear();
    fs::remove(tiny.topdir() / "SOURCES/tiny-stack.toml");
    CHECK_THROWS_WITH(build(job, options(tiny, Amount::prep)), contains_text("tiny-stack.toml"));
}

TEST_CASE("build requirements are checked when asked, and named when missing") {
    const TinyStack tiny;
    SpecJob job = tiny.job();
    job.defines.push_back("_dbpath " + (tiny.topdir() / "empty-database").string());
    BuildOptions checked = options(tiny, Amount::all);
    checked.check_build_requires = true;
    CHECK_THROWS_WITH(build(job, checked), contains_text("pystacks >= "));
    CHECK_FALSE(fs::exists(tiny.topdir() / "SRPMS/tiny-1.0-1.src.rpm"));
}
