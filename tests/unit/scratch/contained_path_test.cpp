#include "scratch/contained_path.hpp"

#include "base/error.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;
using scratch::ContainedPath;
using Type = ContainedPath::Type;

TEST_CASE("a path in a root stays in it, whatever its links say") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "pystacks-contained-test");
    const fs::path root = folder.path() / "root";
    make_directories(root / "usr/share");
    make_directories(folder.path() / "outside");
    fs::create_symlink(folder.path() / "outside", root / "absolute");
    fs::create_symlink("../outside", root / "relative");
    fs::create_symlink("usr/share", root / "share");
    fs::create_symlink("/etc/passwd", root / "usr/end");

    write_file_atomically(root / "usr/share/file", "text");
    CHECK(read_file(ContainedPath(root, "/share/file", Type::file).path()) == "text");

    CHECK_THROWS_AS(ContainedPath(root, "/absolute/new", Type::folder), Error);
    CHECK_THROWS_AS(ContainedPath(root, "/relative/new", Type::folder), Error);
    CHECK(fs::is_empty(folder.path() / "outside"));

    CHECK(read_file(ContainedPath(root, "/usr/end", Type::file).path()).empty());
    CHECK_FALSE(fs::is_symlink(root / "usr/end"));

    const ContainedPath made(root, "/a/b/../c/d", Type::folder);
    CHECK(fs::is_directory(root / "a/c/d"));
}
