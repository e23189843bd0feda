#include "base/error.hpp"
#include "build/install_root.hpp"
#include "catch.hpp"
#include "test_folder.hpp"

using namespace pystacks;
using namespace pystacks::build;
using pystacks::build::test::TestFolder;

TEST_CASE("installed paths lie below the root") {
    const TestFolder folder;
    const InstallRoot root(folder.path());
    CHECK(root.resolve("/usr/bin/x") == folder / "usr/bin/x");
    CHECK(root.resolve("Tools/x.py") == folder / "Tools/x.py");
    CHECK(root.resolve("//usr/./bin//x") == folder / "usr/bin/x");
}

TEST_CASE("no path and no link leads out of the root") {
    const TestFolder folder;
    const InstallRoot root(folder.path());
    CHECK_THROWS_AS(root.resolve("/usr/../../x"), Error);
    CHECK_THROWS_AS(root.resolve("/"), Error);
    CHECK_THROWS_AS(root.resolve(""), Error);
    fs::create_directories(folder / "usr/lib");
    fs::create_symlink("/etc", folder / "usr/absolute");
    fs::create_symlink("../../../../../../etc", folder / "usr/relative");
    fs::create_symlink("lib", folder / "usr/lib64");
    CHECK(root.resolve("/usr/absolute/passwd") == folder / "etc/passwd");
    CHECK(root.resolve("/usr/relative/passwd") == folder / "etc/passwd");
    CHECK(root.resolve("/usr/lib64/x.so") == folder / "usr/lib/x.so");
}

TEST_CASE("the last component is never followed") {
    const TestFolder folder;
    fs::create_symlink("/etc/passwd", folder / "link");
    CHECK(InstallRoot(folder.path()).resolve("/link") == folder / "link");
}

TEST_CASE("links in a circle are an error") {
    const TestFolder folder;
    fs::create_symlink("b", folder / "a");
    fs::create_symlink("a", folder / "b");
    CHECK_THROWS_AS(InstallRoot(folder.path()).resolve("/a/x"), Error);
}

TEST_CASE("paths are listed in byte order, links not followed") {
    const TestFolder folder, outside;
    outside.write("secret", "");
    folder.write("b/x.py", "");
    folder.write("a", "");
    fs::create_directory_symlink(outside.path(), folder / "b/out");
    CHECK(InstallRoot(folder.path()).paths() == std::vector<std::string>{"/a", "/b", "/b/out", "/b/x.py"});
    CHECK(InstallRoot(folder.path()).matching({"**/*.py"}) == std::vector<std::string>{"/b/x.py"});
}
