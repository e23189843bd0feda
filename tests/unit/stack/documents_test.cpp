#include "stack/documents.hpp"

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "sample.hpp"
#include "stack/stack.hpp"

using namespace pystacks;
using namespace pystacks::stack;

namespace {

/// A stack that includes a family's file, as it lies on the disk.
struct Family {
    TemporaryDirectory folder{std::filesystem::temp_directory_path(), "documents-test"};
    std::filesystem::path stack = folder.path() / "tiny/stack.toml";

    Family(const std::string& own, const std::string& common) {
        std::filesystem::create_directories(folder.path() / "tiny");
        std::filesystem::create_directories(folder.path() / "common");
        write_file_atomically(stack, own);
        write_file_atomically(folder.path() / "common/family.toml", common);
    }
};

const std::string own_text = R"(format = 1
include = ["common/family.toml"]
[stack]
name = "tiny"
version = "2.0"
[[macro]]
name = "minor"
value = "0"
[[bcond]]
name = "fast"
default = "0"
[[patch]]
file = "own.patch"
[[configuration]]
name = "threads"
interpreter = "/usr/bin/tinyt"
[[package]]
name = "tiny"
provides = ["two"]
)";

std::string family_text() {
    return sample::text() + R"([[macro]]
name = "first"
value = "1"
[[macro]]
name = "minor"
value = "unknown"
[[bcond]]
name = "fast"
default = "1"
help = "how fast it is"
[[patch]]
file = "common.patch"
[build]
configure = ["--a"]
)";
}

}  // namespace

TEST_CASE("a stack and what it includes are one stack, in which the stack's word counts") {
    const Family family(own_text, family_text());
    const Stack stack = load(family.stack);
    CHECK(stack.version == "2.0");
    CHECK(stack.summary == "A tiny stack");
    REQUIRE(stack.macros.size() == 2);
    CHECK(stack.macros[0].name == "first");
    CHECK(stack.macros[1].name == "minor");
    CHECK(stack.macros[1].value == "0");
    REQUIRE(stack.bconds.size() == 1);
    CHECK(stack.bconds[0].default_value == "0");
    CHECK(stack.bconds[0].help == "how fast it is");
    CHECK(stack.build.configure == std::vector<std::string>{"--a"});
    REQUIRE(stack.packages.size() == 1);
    CHECK(stack.packages[0].files == std::vector<std::string>{"/usr/**"});
    CHECK(stack.packages[0].provides == std::vector<std::string>{"two"});
    SECTION("the base configuration stays the base") {
        REQUIRE(stack.configurations.size() == 3);
        CHECK(stack.base().name == "optimized");
        CHECK(stack.configurations[2].name == "threads");
    }
    SECTION("files are beside the one that names them") {
        REQUIRE(stack.patches.size() == 2);
        CHECK(stack.patches[0].file == "own.patch");
        CHECK(stack.patches[0].place.folder() == family.stack.parent_path());
        CHECK(stack.patches[1].place.folder() == family.folder.path() / "common");
    }
    REQUIRE(stack.includes.size() == 1);
}

TEST_CASE("a stack that lies elsewhere finds what comes with pystacks") {
    const Family family("", family_text());
    const TemporaryDirectory elsewhere(std::filesystem::temp_directory_path(), "documents-test");
    const auto copy = elsewhere.path() / "stack.toml";
    write_file_atomically(copy, own_text);
    CHECK_THROWS_WITH(load(copy), contains_text("none of these files exists"));
    CHECK(load(copy, {family.folder.path()}).includes.front() == family.folder.path() / "common/family.toml");
}

TEST_CASE("documents keep their names on the way through rpm") {
    const std::vector<Document> documents{{"a%b/stack.toml", "x = 1\n"}, {"family.toml", "y = 2"}};
    const auto read = split_documents(pystacks::replace_all(join_documents(documents), "%%", "%"), "other");
    REQUIRE(read.size() == 2);
    CHECK(read[0].file == "a%b/stack.toml");
    CHECK(read[0].text == "x = 1\n\n");
    CHECK(read[1].file == "family.toml");
    CHECK(split_documents("x = 1", "other").at(0).file == "other");
    CHECK(split_documents("x = 1", "other").at(0).text == "x = 1");
}

TEST_CASE("problems are told with the file that has them") {
    SECTION("an unknown key in the included file") {
        const Family family(own_text, family_text() + "configre = 1\n");
        CHECK_THROWS_WITH(load(family.stack), contains_text("common/family.toml:") && contains_text("'configre'"));
    }
    SECTION("a name that the stack gives twice, beside the included one") {
        const Family family(own_text + "[[bcond]]\nname = \"fast\"\ndefault = \"1\"\nhelp = \"h\"\n", family_text());
        CHECK_THROWS_WITH(load(family.stack), contains_text("a second [[bcond]] is named 'fast'"));
    }
    SECTION("no such file") {
        const Family family("format = 1\ninclude = [\"nothing.toml\"]\n", "");
        CHECK_THROWS_WITH(load(family.stack),
                          contains_text("stack.toml:2:12") && contains_text("none of these files exists"));
    }
    SECTION("no list") {
        const Family family("format = 1\ninclude = \"common/family.toml\"\n", "");
        CHECK_THROWS_WITH(load(family.stack), contains_text("must be an array of strings"));
    }
    SECTION("an include within an include") {
        const Family family(own_text, "include = [\"more.toml\"]\n" + family_text());
        CHECK_THROWS_WITH(load(family.stack), contains_text("family.toml:1:") && contains_text("cannot include"));
    }
    SECTION("a text that came without what it includes") {
        CHECK_THROWS_WITH(parse(own_text, "stack.toml"), contains_text("'include' names 1 files, but 0 came with it"));
    }
}
