#include "base/error.hpp"
#include "build/hidden_paths.hpp"
#include "catch.hpp"
#include "test_folder.hpp"

using namespace pystacks;
using namespace pystacks::build;
using pystacks::build::test::TestFolder;

namespace {
constexpr const char* place = "/home/me/dist/BUILD/";
constexpr const char* mapped = "/usr/src/debug/";
}  // namespace

TEST_CASE("text files lose the build path and keep their mode") {
    const TestFolder tree;
    tree.write("bin/config", "cd /home/me/dist/BUILD/x-1/build; /home/me/dist/BUILD/x-1", 0755);
    tree.write("lib/other", "/home/me/dist/BUILDS");
    CHECK(hide_build_path(tree.path(), place, mapped) == 1);
    CHECK(tree.read("bin/config") == "cd /usr/src/debug/x-1/build; /usr/src/debug/x-1");
    CHECK(tree.mode("bin/config") == 0755);
    CHECK(tree.read("lib/other") == "/home/me/dist/BUILDS");
}

TEST_CASE("the argument that mapped the build path goes too, so that no extension is built with it") {
    const TestFolder tree;
    tree.write("Makefile", "CFLAGS= -O2 -ffile-prefix-map=/home/me/dist/BUILD/=/usr/src/debug/ -g\n");
    hide_build_path(tree.path(), place, mapped);
    CHECK(tree.read("Makefile") == "CFLAGS= -O2 -g\n");
}

TEST_CASE("another name of a hard link is not written through") {
    const TestFolder tree, outside;
    const fs::path original = outside.write("Makefile", "dir = /home/me/dist/BUILD/x");
    fs::create_hard_link(original, tree / "Makefile");
    hide_build_path(tree.path(), place, mapped);
    CHECK(outside.read("Makefile") == "dir = /home/me/dist/BUILD/x");
    CHECK(tree.read("Makefile") == "dir = /usr/src/debug/x");
}

TEST_CASE("a binary or a link that names the build path stops the build") {
    const TestFolder tree;
    tree.write("lib/x.so", std::string("\x7f"
                                       "ELF\0",
                                       5) +
                               "/home/me/dist/BUILD/x.c");
    fs::create_symlink("/home/me/dist/BUILD/x-1/x", tree / "link");
    CHECK_THROWS_WITH(hide_build_path(tree.path(), place, mapped),
                      contains_text("/lib/x.so") && contains_text("/link"));
}
