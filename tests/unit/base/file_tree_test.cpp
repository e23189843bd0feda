#include <sys/stat.h>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;

namespace {

struct Scratch {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-tree-test"};
    [[nodiscard]] fs::path operator/(const char* name) const { return folder.path() / name; }
};

}  // namespace

TEST_CASE("make_directories makes all folders, readable for everybody whatever the umask") {
    const Scratch scratch;
    const mode_t before = ::umask(077);
    make_directories(scratch / "a/b/c/");
    make_directories(scratch / "a/b/c");
    ::umask(before);
    struct stat status {};
    for (const char* name : {"a", "a/b", "a/b/c"}) {
        REQUIRE(::stat((scratch / name).c_str(), &status) == 0);
        CHECK((status.st_mode & 07777U) == 0755);
    }
}

TEST_CASE("make_directories leaves the mode of folders that exist, and follows links to folders") {
    const Scratch scratch;
    REQUIRE(::mkdir((scratch / "own").c_str(), 0700) == 0);
    fs::create_directory_symlink("own", scratch / "link");
    make_directories(scratch / "link/below");
    CHECK(fs::is_directory(scratch / "own/below"));
    struct stat status {};
    REQUIRE(::stat((scratch / "own").c_str(), &status) == 0);
    CHECK((status.st_mode & 07777U) == 0700);
}

TEST_CASE("make_directories says which component is a file") {
    const Scratch scratch;
    write_file_atomically(scratch / "file", "");
    CHECK_THROWS_WITH(make_directories(scratch / "file/below"), contains_text("file: Not a directory"));
    fs::create_symlink("nowhere", scratch / "dangling");
    CHECK_THROWS_AS(make_directories(scratch / "dangling/below"), Error);
}

TEST_CASE("remove_tree removes everything but what links lead to") {
    const Scratch scratch;
    make_directories(scratch / "outside");
    write_file_atomically(scratch / "outside/file", "kept");
    make_directories(scratch / "tree/a/b");
    write_file_atomically(scratch / "tree/a/b/file", "x");
    fs::create_directory_symlink(scratch / "outside", scratch / "tree/a/link");
    fs::create_symlink("nowhere", scratch / "tree/dangling");
    REQUIRE(::mkfifo((scratch / "tree/fifo").c_str(), 0600) == 0);
    remove_tree(scratch / "tree");
    CHECK_FALSE(fs::exists(scratch / "tree"));
    CHECK(read_file(scratch / "outside/file") == "kept");
}

TEST_CASE("remove_tree of a link removes the link, with a slash at its end too") {
    const Scratch scratch;
    make_directories(scratch / "outside");
    write_file_atomically(scratch / "outside/file", "kept");
    fs::create_directory_symlink("outside", scratch / "link");
    remove_tree(scratch / "link/");
    CHECK_FALSE(fs::is_symlink(scratch / "link"));
    CHECK(fs::exists(scratch / "outside/file"));
}

TEST_CASE("remove_tree removes what its owner may not write to or look into") {
    const Scratch scratch;
    for (const char* name : {"tree/readonly/below", "tree/closed/below"}) make_directories(scratch / name);
    write_file_atomically(scratch / "tree/readonly/below/file", "", 0444);
    fs::permissions(scratch / "tree/readonly/below", fs::perms(0555));
    fs::permissions(scratch / "tree/readonly", fs::perms(0555));
    fs::permissions(scratch / "tree/closed", fs::perms(0));
    remove_tree(scratch / "tree");
    CHECK_FALSE(fs::exists(scratch / "tree"));
}

TEST_CASE("remove_tree accepts a file, and what is not there") {
    const Scratch scratch;
    write_file_atomically(scratch / "file", "");
    remove_tree(scratch / "file");
    CHECK_FALSE(fs::exists(scratch / "file"));
    CHECK_NOTHROW(remove_tree(scratch / "none"));
    CHECK_NOTHROW(remove_tree(scratch / "none/below"));
}
