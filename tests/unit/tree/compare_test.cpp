#include "tree/compare.hpp"

#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "files.hpp"
#include "marshal_writer.hpp"

using namespace pystacks;
using namespace pystacks::tree;

namespace {

struct Fixture {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-compare"};
    fs::path a = folder.path() / "a";
    fs::path b = folder.path() / "b";

    Fixture() {
        fs::create_directories(a);
        fs::create_directories(b);
    }

    void write_both(const std::string& path, std::string_view text_a, std::string_view text_b) const {
        write_test_file(a / path, text_a);
        write_test_file(b / path, text_b);
    }

    TreeComparison compare() const { return compare_trees(scan(a, 1), scan(b, 1), 2); }
};

/// "kind path" of every difference.
std::vector<std::string> lines(const TreeComparison& comparison) {
    std::vector<std::string> result;
    for (const auto& difference : comparison.differences) {
        result.push_back(std::string(name_of(difference.kind)) + " " + difference.path);
    }
    return result;
}

}  // namespace

TEST_CASE_METHOD(Fixture, "Equal trees have no differences") {
    write_both("usr/lib/module.py", "x = 1\n", "x = 1\n");
    const TreeComparison comparison = compare();
    CHECK(comparison.differences.empty());
    CHECK_FALSE(comparison.differ());
    CHECK(comparison.all.paths == 3);
    CHECK(comparison.identical.paths == 3);
    CHECK(comparison.identical.bytes_a == 6);
}

TEST_CASE_METHOD(Fixture, "Each kind of difference is found, in order of the paths") {
    write_test_file(a / "only-here", "1234");
    write_test_file(b / "only-there/file", "12");
    write_both("text", "one\ntwo\nthree\n", "one\ntwo\nfour\n");
    write_both("mode", "x", "x");
    fs::permissions(b / "mode", fs::perms(0755));
    fs::create_symlink("one", a / "link");
    fs::create_symlink("two", b / "link");
    write_test_file(a / "kind", "x");
    fs::create_symlink("text", b / "kind");
    write_both("same", "same", "same");

    const TreeComparison comparison = compare();
    CHECK(comparison.differ());
    CHECK(lines(comparison) == std::vector<std::string>{"type /kind", "link-target /link", "mode /mode",
                                                        "only-a /only-here", "only-b /only-there",
                                                        "only-b /only-there/file", "content /text"});
    CHECK(comparison.differences[0].details == "file / link");
    CHECK(comparison.differences[1].details == "one / two");
    CHECK(comparison.differences[2].details == "0644 / 0755");
    CHECK(comparison.differences[3].size_a == 4);
    CHECK(comparison.differences[6].details == "from line 3 on");
    CHECK(comparison.identical.paths == 1);
    CHECK(comparison.all.paths == 8);
    CHECK(comparison.totals.at(DifferenceKind::only_b).paths == 2);
    CHECK(comparison.totals.at(DifferenceKind::only_b).bytes_b == 2);
}

TEST_CASE_METHOD(Fixture, "A file can differ in content and mode at once") {
    write_both("file", "a", "b");
    fs::permissions(a / "file", fs::perms(0600));
    CHECK(lines(compare()) == std::vector<std::string>{"content /file", "mode /file"});
}

TEST_CASE_METHOD(Fixture, "Bytecode that says the same is no real difference") {
    using namespace marshal;
    write_both("x.pyc", pyc313(none(), 1), pyc313(none(), 2));
    write_both("flags.pyc", pyc313(int32(1), 1), pyc313(flagged(int32(1)), 1));
    const TreeComparison comparison = compare();
    CHECK(lines(comparison) == std::vector<std::string>{"bytecode /flags.pyc", "bytecode /x.pyc"});
    CHECK(comparison.differences[0].details == "reference flags");
    CHECK(comparison.differences[1].details == "header");
    CHECK_FALSE(comparison.differ());
}

TEST_CASE_METHOD(Fixture, "Other bytecode, and what is no bytecode, differs in content") {
    using namespace marshal;
    write_both("other.pyc", pyc313(int32(1)), pyc313(int32(2)));
    write_both("broken.pyc", pyc313(int32(1)), "not bytecode");
    write_both("no-suffix", pyc313(none(), 1), pyc313(none(), 2));
    const TreeComparison comparison = compare();
    CHECK(lines(comparison) ==
          std::vector<std::string>{"content /broken.pyc", "content /no-suffix", "content /other.pyc"});
    CHECK(comparison.differences[0].details.find("magic number") != std::string::npos);
    CHECK(comparison.differences[2].details == "the bytecode differs");
    CHECK(comparison.differ());
}

TEST_CASE_METHOD(Fixture, "Hard links weigh once") {
    write_test_file(a / "one", "12345");
    fs::create_hard_link(a / "one", a / "two");
    const TreeComparison comparison = compare();
    CHECK(comparison.totals.at(DifferenceKind::only_a).paths == 2);
    CHECK(comparison.totals.at(DifferenceKind::only_a).bytes_a == 5);
}

TEST_CASE_METHOD(Fixture, "A missing byte at the end is a difference from the last line on") {
    write_both("file", "one\ntwo", "one\ntwo\n");
    write_both("binary", std::string("a\0b", 3), std::string("a\0c", 3));
    const TreeComparison comparison = compare();
    CHECK(comparison.differences[0].details == "from byte 2 on");
    CHECK(comparison.differences[1].details == "from line 2 on");
}

TEST_CASE_METHOD(Fixture, "A file that vanished after the scan is an error") {
    write_both("file", "a", "b");
    const Tree tree_a = scan(a, 1);
    const Tree tree_b = scan(b, 1);
    fs::remove(b / "file");
    CHECK_THROWS_WITH(compare_trees(tree_a, tree_b), contains_text((b / "file").string()));
}

TEST_CASE_METHOD(Fixture, "JSON holds everything, and names of any bytes") {
    write_test_file(a / "caf\xe9", "123");
    fs::create_symlink("t", b / "quote\"");
    const Tree tree_a = scan(a, 1);
    const Tree tree_b = scan(b, 1);
    const auto json = nlohmann::json::parse(to_json(compare_trees(tree_a, tree_b), tree_a, tree_b));
    CHECK(json["a"] == a.string());
    CHECK(json["differ"] == true);
    CHECK(json["totals"]["all"]["paths"] == 2);
    CHECK(json["totals"]["only-a"]["bytes_a"] == 3);
    REQUIRE(json["differences"].size() == 2);
    CHECK(json["differences"][0]["path"] == "/caf\xef\xbf\xbd");
    CHECK(json["differences"][0]["path_bytes"] == "2f636166e9");
    CHECK(json["differences"][0]["kind"] == "only-a");
    CHECK(json["differences"][1]["path"] == "/quote\"");
    CHECK_FALSE(json["differences"][1].contains("path_bytes"));
}
