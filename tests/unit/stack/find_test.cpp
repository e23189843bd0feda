#include <filesystem>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "stack/stack.hpp"

using pystacks::Error;
using pystacks::stack::find;
namespace fs = std::filesystem;

namespace {

struct Folders {
    pystacks::TemporaryDirectory directory{fs::temp_directory_path(), "pystacks-find"};
    fs::path first = directory.path() / "first";
    fs::path second = directory.path() / "second";

    Folders() {
        add(first / "python3.13");
        add(second / "python3.13");
        add(second / "python2.7");
        fs::create_directories(second / "not-a-stack");
    }
    static void add(const fs::path& folder) {
        pystacks::make_directories(folder);
        pystacks::write_file_atomically(folder / "stack.toml", "");
    }
};

}  // namespace

TEST_CASE("a stack is found as a folder, as a file, and by name in order of the search path") {
    const Folders folders;
    const std::vector<fs::path> path{folders.directory.path() / "missing", folders.first, folders.second};
    CHECK(find((folders.first / "python3.13").string(), {}) == folders.first / "python3.13" / "stack.toml");
    CHECK(find((folders.first / "python3.13" / "stack.toml").string(), {}) ==
          folders.first / "python3.13" / "stack.toml");
    CHECK(find("python3.13", path) == folders.first / "python3.13" / "stack.toml");
    CHECK(find("python2.7", path) == folders.second / "python2.7" / "stack.toml");
}

TEST_CASE("a stack that is not there: the nearest is named") {
    const Folders folders;
    const std::vector<fs::path> path{folders.first, folders.second};
    try {
        (void)find("python3.12", path);
        FAIL("found it");
    } catch (const Error& error) {
        CHECK(error.kind() == pystacks::ErrorKind::usage);
        CHECK(error.subject() == "python3.12");
        CHECK(error.reason() == "did you mean python3.13?");
        CHECK(error.hint() == "there are: python2.7, python3.13");
    }
    const std::string beside = (folders.first / "python3.12").string();
    CHECK_THROWS_WITH(find(beside, path),
                      contains_text("did you mean " + (folders.first / "python3.13").string() + "?"));
    CHECK_THROWS_WITH(find("none/python3.13", path), contains_text("neither a stack.toml"));
    CHECK_THROWS_WITH(find("/", path), contains_text("neither a stack.toml"));
    CHECK_THROWS_AS(find("not-a-stack", path), Error);
    CHECK_THROWS_AS(find("", path), Error);
    CHECK_THROWS_AS(find("../second/python2.7", {folders.first}), Error);  // a name is no path
}
