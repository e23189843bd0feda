#include <fcntl.h>

#include "base/error.hpp"
#include "build/tree_copy.hpp"
#include "catch.hpp"
#include "test_folder.hpp"

using namespace pystacks;
using namespace pystacks::build;
using pystacks::build::test::TestFolder;

namespace {

struct stat status_of(const fs::path& path) {
    struct stat status = {};
    REQUIRE(::lstat(path.c_str(), &status) == 0);
    return status;
}

void set_time(const fs::path& path, time_t seconds) {
    const timespec times[2] = {{seconds, 0}, {seconds, 0}};
    REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, AT_SYMLINK_NOFOLLOW) == 0);
}

}  // namespace

TEST_CASE("a copied tree has the same contents, modes, times and links") {
    const TestFolder folder;
    folder.write("from/bin/tool", "#!/bin/sh\n", 0755);
    fs::create_hard_link(folder / "from/bin/tool", folder / "from/bin/tool2");
    fs::create_symlink("../nowhere", folder / "from/bin/link");
    fs::create_directories(folder / "from/empty");
    for (const char* path : {"from/bin/tool", "from/bin/link", "from/empty", "from/bin"})
        set_time(folder / path, 1700000000);

    copy_tree(folder / "from", folder / "to");
    CHECK(folder.read("to/bin/tool") == "#!/bin/sh\n");
    CHECK(folder.mode("to/bin/tool") == 0755);
    CHECK(status_of(folder / "to/bin/tool").st_ino == status_of(folder / "to/bin/tool2").st_ino);
    CHECK(status_of(folder / "to/bin/tool").st_ino != status_of(folder / "from/bin/tool").st_ino);
    CHECK(fs::read_symlink(folder / "to/bin/link") == "../nowhere");
    for (const char* path : {"to/bin/tool", "to/bin/link", "to/empty", "to/bin"}) {
        CAPTURE(path);
        CHECK(status_of(folder / path).st_mtime == 1700000000);
    }
}

TEST_CASE("a copy does not mix with what is there") {
    const TestFolder folder;
    folder.write("from/a", "a");
    folder.write("to/b", "b");
    CHECK_THROWS_AS(copy_tree(folder / "from", folder / "to"), Error);
    CHECK_THROWS_AS(copy_tree(folder / "missing", folder / "new"), Error);
}
