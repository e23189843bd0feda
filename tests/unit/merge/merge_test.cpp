#include "merge/merge.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "catch.hpp"
#include "trees.hpp"

using namespace pystacks;
using namespace pystacks::merge;
using namespace pystacks::merge::test;

namespace {

constexpr std::int64_t clamp = 1'000'000'000;

struct stat status_of(const fs::path& path) {
    struct stat status {};
    REQUIRE(::lstat(path.c_str(), &status) == 0);
    return status;
}

}  // namespace

TEST_CASE("the merged tree has every path once, from its winner") {
    Trees trees;
    trees.everywhere("/lib/os.py", "shared");
    trees.file("optimized", "/bin/python3.13", "release", 0755);
    trees.file("debug", "/bin/python3.13d", "debug", 0755);
    trees.hard_link("debug", "/bin/python3.13", "/bin/python3.13d");
    trees.stack.aliases.push_back({"/bin/python3.13", "/bin/python${ldversion}", {"stack.toml", 1}});
    trees.symlink("debug", "/bin/python-debug", "python3.13d");
    trees.directory("optimized", "/lib/empty");
    const auto merged = trees.merge();

    std::vector<std::string> paths;
    for (const auto& [path, entry] : merged.entries) paths.push_back(path);
    CHECK(paths == std::vector<std::string>{"/bin", "/bin/python-debug", "/bin/python3.13", "/bin/python3.13d", "/lib",
                                            "/lib/empty", "/lib/os.py"});
    CHECK(read_file(trees.merged() / "bin/python3.13") == "release");
    CHECK(read_file(trees.merged() / "bin/python3.13d") == "debug");
    CHECK(merged.entries.at("/bin/python-debug").target == "python3.13d");
    CHECK(merged.entries.at("/bin/python3.13d").links == 1);
}

TEST_CASE("hard links of one configuration stay hard links") {
    Trees trees;
    trees.file("debug", "/bin/a", "x");
    trees.hard_link("debug", "/bin/b", "/bin/a");
    const auto merged = trees.merge();
    CHECK(merged.entries.at("/bin/a").inode == merged.entries.at("/bin/b").inode);
}

TEST_CASE("modes are 0755 or 0644, whatever they were") {
    Trees trees;
    trees.file("optimized", "/bin/tool", "x", 04711);
    trees.file("optimized", "/lib/secret", "x", 0600);
    trees.file("optimized", "/lib/lib.so", "x", 0555);
    fs::permissions(trees.root("optimized") / "lib", fs::perms(02775));
    const auto merged = trees.merge();
    CHECK(merged.entries.at("/bin/tool").mode == 0755);
    CHECK(merged.entries.at("/lib/secret").mode == 0644);
    CHECK(merged.entries.at("/lib/lib.so").mode == 0755);
    CHECK(merged.entries.at("/lib").mode == 0755);
}

TEST_CASE("no time is later than SOURCE_DATE_EPOCH, and earlier ones stay") {
    Trees trees;
    trees.file("optimized", "/lib/new", "x");
    trees.file("optimized", "/lib/old", "x");
    trees.symlink("optimized", "/lib/link", "new");
    const timespec old_times[2] = {{500, 7}, {500, 7}};
    REQUIRE(::utimensat(AT_FDCWD, (trees.root("optimized") / "lib/old").c_str(), old_times, 0) == 0);
    const auto merged = trees.merge();
    CHECK(merged.entries.at("/lib/new").mtime == clamp);
    CHECK(merged.entries.at("/lib/link").mtime == clamp);
    CHECK(merged.entries.at("/lib").mtime == clamp);
    CHECK(merged.entries.at("/lib/old").mtime == 500);
    CHECK(status_of(trees.merged() / "lib/old").st_mtim.tv_nsec == 0);
    CHECK(status_of(trees.merged()).st_mtim.tv_sec == clamp);
}

TEST_CASE("bytecode that is going to be made anew is not taken, other bytecode is") {
    Trees trees;
    trees.stack.bytecode.paths = {"/lib"};
    for (const auto* path :
         {"/lib/os.py", "/lib/__pycache__/os.cpython-313.pyc", "/lib/__pycache__/gone.cpython-313.pyc",
          "/lib/sourceless.pyc", "/share/x.py", "/share/__pycache__/x.cpython-313.pyc"})
        trees.everywhere(path, "x");
    // Different, which for other files would be a conflict.
    trees.file("debug", "/lib/__pycache__/os.cpython-313.pyc", "y");
    const auto merged = trees.merge();
    CHECK_FALSE(merged.entries.contains("/lib/__pycache__/os.cpython-313.pyc"));
    CHECK(merged.entries.contains("/lib/__pycache__/gone.cpython-313.pyc"));
    CHECK(merged.entries.contains("/lib/sourceless.pyc"));
    CHECK(merged.entries.contains("/share/__pycache__/x.cpython-313.pyc"));
}

TEST_CASE("a conflict stops the merge before anything is written; an older result stays") {
    Trees trees;
    trees.file("optimized", "/x", "a");
    trees.file("debug", "/x", "b");
    make_directories(trees.merged());
    write_file_atomically(trees.merged() / "kept", "");
    CHECK(error_of([&] { trees.merge(); }).attempted() == "cannot merge");
    CHECK(fs::exists(trees.merged() / "kept"));
    CHECK_FALSE(fs::exists(trees.merged().string() + ".partial"));
}

TEST_CASE("what an earlier or a killed merge left is replaced") {
    Trees trees;
    trees.everywhere("/x", "x");
    make_directories(trees.merged() / "old");
    make_directories(trees.merged().string() + ".partial/half");
    const auto merged = trees.merge();
    CHECK(merged.entries.size() == 1);
    CHECK_FALSE(fs::exists(trees.merged().string() + ".partial"));
}
