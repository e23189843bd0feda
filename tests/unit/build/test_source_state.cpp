#include <cstdlib>

#include <sys/stat.h>

#include "build/source_state.hpp"
#include "build/tree_stamp.hpp"
#include "catch.hpp"
#include "growth.hpp"
#include "test_folder.hpp"

using namespace pystacks;
using namespace pystacks::build;
using pystacks::build::test::TestFolder;

namespace {

const std::vector<std::string> patterns = {"*.c", "lib/**.py", "!lib/early.py"};

SourceDigests digests(const TestFolder& folder, const std::string& tree) {
    return source_digests(read_source(folder / tree, 1), folder / tree, patterns);
}

std::int64_t time_of(const std::filesystem::path& path) {
    struct stat status = {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
}

void write_tree(const TestFolder& folder, const std::string& tree) {
    folder.write(tree + "/main.c", "#include \"part.c\"\nint x;");
    folder.write(tree + "/part.c", "int y;");
    folder.write(tree + "/part.h", "int z;");
    folder.write(tree + "/lib/late.py", "a = 1");
    folder.write(tree + "/lib/early.py", "b = 1");
}

}  // namespace

TEST_CASE("only the content of incremental files is left out of what configure reads") {
    const TestFolder folder;
    write_tree(folder, "t");
    const SourceDigests before = digests(folder, "t");
    CHECK(before.incremental.size() == 2);
    folder.write("t/main.c", "#include \"part.c\"\nint other;");
    folder.write("t/lib/late.py", "a = 2");
    const SourceDigests after = digests(folder, "t");
    CHECK(after.fixed == before.fixed);
    CHECK(after.files != before.files);
    CHECK(changed_files(before.incremental, after.incremental) == std::vector<std::string>{"lib/late.py", "main.c"});
}

TEST_CASE("everything else is a reason to configure again") {
    for (const char* file : {"part.c", "part.h", "lib/early.py", "new.c"}) {
        const TestFolder folder;
        write_tree(folder, "t");
        const SourceDigests before = digests(folder, "t");
        folder.write(std::string("t/") + file, "changed");
        CHECK(digests(folder, "t").fixed != before.fixed);
    }
    const TestFolder folder;
    write_tree(folder, "t");
    const SourceDigests before = digests(folder, "t");
    std::filesystem::remove(folder / "t/main.c");
    CHECK(digests(folder, "t").fixed != before.fixed);
}

TEST_CASE("a tree becomes another one, and what is equal keeps its time") {
    const TestFolder folder;
    write_tree(folder, "old");
    write_tree(folder, "new");
    folder.write("old/gone/file", "1");
    folder.write("old/lib/__pycache__/late.pyc", "1");
    folder.write("old/turned", "a file");
    folder.write("new/turned/into", "a folder");
    folder.write("new/part.h", "int w;");
    const SourceEntries before = read_source(folder / "old", 1);
    const SourceEntries wanted = read_source(folder / "new", 1);
    const std::int64_t kept = time_of(folder / "old/main.c");
    const SourceEntries now = update_tree(folder / "old", before, folder / "new", wanted, 1);
    CHECK(time_of(folder / "old/main.c") == kept);
    CHECK(folder.read("old/part.h") == "int w;");
    CHECK(folder.read("old/turned/into") == "a folder");
    CHECK_FALSE(folder.has("old/gone"));
    CHECK_FALSE(folder.has("old/lib/__pycache__"));
    CHECK_FALSE(first_difference(now, folder / "old"));
    CHECK(source_digests(now, folder / "old", patterns).files ==
          source_digests(wanted, folder / "old", patterns).files);
}

TEST_CASE("a change by hand is found, a touched file is none") {
    const TestFolder folder;
    write_tree(folder, "t");
    SourceEntries entries = read_source(folder / "t", 1);
    const std::int64_t before = time_of(folder / "t/main.c");
    touch_files(folder / "t", {"main.c"});
    CHECK(time_of(folder / "t/main.c") > before);
    CHECK_FALSE(first_difference(entries, folder / "t"));
    CHECK_FALSE(settle(entries, folder / "t"));
    CHECK(time_of(folder / "t/main.c") == before);
    folder.write("t/part.h", "int q;");
    CHECK(first_difference(entries, folder / "t") == "part.h");
}

TEST_CASE("a state is read as it was written, and nothing else is one") {
    const TestFolder folder;
    write_tree(folder, "t");
    folder.write("t/na\xefve.c", "1");
    SourceState state;
    state.entries = read_source(folder / "t", 1);
    state.digests = source_digests(state.entries, folder / "t", patterns);
    write_state(folder / "state", state);
    const auto read = read_state(folder / "state");
    REQUIRE(read);
    CHECK(read->digests.incremental == state.digests.incremental);
    CHECK(read->digests.fixed == state.digests.fixed);
    CHECK_FALSE(first_difference(read->entries, folder / "t"));
    folder.write("state", "{\"format\": 1, \"entries\": 3}");
    CHECK_FALSE(read_state(folder / "state"));
    CHECK_FALSE(read_state(folder / "missing"));
}

TEST_CASE("a tree looks otherwise after a file is changed, added or removed") {
    const TestFolder folder;
    write_tree(folder, "t");
    const std::string before = appearance(folder / "t");
    CHECK(appearance(folder / "t") == before);
    folder.write("t/x", "");
    CHECK(appearance(folder / "t") != before);
    std::filesystem::remove(folder / "t/x");
    CHECK(appearance(folder / "t") == appearance(folder / "t"));
    std::filesystem::remove(folder / "t/main.c");
    CHECK(appearance(folder / "t") != before);
}

TEST_CASE("a source of one line that names many files") {
    const TestFolder folder;
    std::string line = "#include \"part.c\"";
    while (line.size() < 2'000'000) line += ".c\"";
    folder.write("t/main.c", line + "\nint x; // \"other.c\"\n");
    folder.write("t/part.c", "int y;");
    folder.write("t/other.c", "int z;");
    CHECK(growth::ends_within(20, [&] {
        const SourceDigests found = digests(folder, "t");
        if (found.incremental.contains("part.c") || !found.incremental.contains("other.c")) std::abort();
    }));
}
