#include "base/given_path.hpp"

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;

TEST_CASE("what is wrong with a path that is read") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "given-path-test");
    const fs::path file = folder.path() / "file", none = folder.path() / "none", link = folder.path() / "link";
    write_file_atomically(file, "");
    CHECK(problem_of_input(file, Wanted::file).empty());
    CHECK(problem_of_input(file, Wanted::either).empty());
    CHECK(problem_of_input(file, Wanted::folder) == "it is not a folder");
    CHECK(problem_of_input(folder.path(), Wanted::file) == "it is a folder, not a file");
    CHECK(problem_of_input(none, Wanted::file) == "there is no such file");
    CHECK(problem_of_input(none, Wanted::folder) == "there is no such folder");
    CHECK(problem_of_input(none, Wanted::either) == "there is no such file or folder");
    CHECK(problem_of_input(file / "below", Wanted::file) == "there is no such file");
    fs::create_symlink("none", link);
    CHECK(problem_of_input(link, Wanted::file) == "it is a link to none, and there is no such file");
    fs::create_symlink("self", folder.path() / "self");
    CHECK(problem_of_input(folder.path() / "self", Wanted::either) == "it is a link that leads to itself");
}

TEST_CASE("what is wrong with a path that is written") {
    const TemporaryDirectory folder(fs::temp_directory_path(), "given-path-test");
    const fs::path file = folder.path() / "file";
    CHECK(problem_of_output(file).empty());
    write_file_atomically(file, "");
    CHECK(problem_of_output(file).empty());
    CHECK(problem_of_output("/dev/null").empty());
    CHECK(problem_of_output(folder.path()) == "it is a folder; give a file's name");
    CHECK(problem_of_output(folder.path() / "none/x") == "there is no folder " + (folder.path() / "none").string());
    CHECK(problem_of_output(file / "x") == file.string() + " is not a folder");
}
