#include "base/file.hpp"
#include "base/json.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "compare/build_comparison.hpp"
#include "compare/json.hpp"
#include "files.hpp"
#include "marshal_writer.hpp"

using namespace pystacks;
using namespace pystacks::compare;
using pystacks::tree::scan;
using pystacks::tree::write_test_file;

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

    BuildComparison run() const { return compare::compare(side_of_tree(scan(a, 1)), side_of_tree(scan(b, 1)), 2); }
};

/// "verdict path" of every pair that is not the same.
std::vector<std::string> lines(const BuildComparison& comparison) {
    std::vector<std::string> result;
    for (const Pair& pair : comparison.pairs) {
        if (!pair.is_same()) result.push_back(std::string(name_of(pair.verdict)) + " " + pair.any().path);
    }
    return result;
}

const Pair& pair_of(const BuildComparison& comparison, std::string_view path) {
    for (const Pair& pair : comparison.pairs) {
        if (pair.any().path == path) return pair;
    }
    throw std::runtime_error("no pair of " + std::string(path));
}

}  // namespace

TEST_CASE_METHOD(Fixture, "Equal trees have no differences") {
    write_both("usr/lib/module.py", "x = 1\n", "x = 1\n");
    const BuildComparison comparison = run();
    CHECK(lines(comparison).empty());
    CHECK_FALSE(comparison.differ());
    CHECK(comparison.all.paths == 3);
    CHECK(comparison.identical.paths == 3);
    CHECK(comparison.identical.bytes_a == 6);
}

TEST_CASE_METHOD(Fixture, "Each kind of difference is found, in order of the paths") {
    write_test_file(a / "only-here", "1234");
    write_test_file(b / "only-there/file", "12");
    write_both("text", "one\ntwo\nthree\n", "one\ntwo\nfour\n");
    write_both("data", std::string("a\0b", 3), std::string("a\0c", 3));
    write_both("mode", "x", "x");
    fs::permissions(b / "mode", fs::perms(0755));
    fs::create_symlink("one", a / "link");
    fs::create_symlink("two", b / "link");
    write_test_file(a / "kind", "x");
    fs::create_symlink("text", b / "kind");
    write_both("same", "same", "same");

    const BuildComparison comparison = run();
    CHECK(comparison.differ());
    CHECK(lines(comparison) == std::vector<std::string>{"different /data", "different /kind", "different /link",
                                                        "identical /mode", "only-a /only-here", "only-b /only-there",
                                                        "only-b /only-there/file", "text /text"});
    CHECK(pair_of(comparison, "/data").details == "from byte 2 on");
    CHECK(pair_of(comparison, "/kind").details == "file / link");
    CHECK(pair_of(comparison, "/link").details == "link to one / two");
    REQUIRE(pair_of(comparison, "/mode").attributes.size() == 1);
    CHECK(pair_of(comparison, "/mode").attributes[0].name == "mode");
    CHECK(pair_of(comparison, "/mode").attributes[0].b == "0755");
    CHECK(pair_of(comparison, "/text").diff == "@@ -1,3 +1,3 @@\n one\n two\n-three\n+four\n");
    CHECK(comparison.identical.paths == 1);
    CHECK(comparison.attributes.paths == 1);
    CHECK(comparison.all.paths == 9);
    CHECK(comparison.totals.at(PairVerdict::only_b).paths == 2);
    CHECK(comparison.totals.at(PairVerdict::only_b).bytes_b == 2);
}

TEST_CASE_METHOD(Fixture, "A file can differ in content and mode at once") {
    write_both("file", "a", "b");
    fs::permissions(a / "file", fs::perms(0600));
    const BuildComparison comparison = run();
    CHECK(lines(comparison) == std::vector<std::string>{"text /file"});
    CHECK(comparison.pairs[0].attributes.size() == 1);
}

TEST_CASE_METHOD(Fixture, "Bytecode that says the same is no real difference") {
    using namespace python::marshal;
    write_both("x.pyc", pyc313(none(), 1), pyc313(none(), 2));
    write_both("flags.pyc", pyc313(int32(1), 1), pyc313(flagged(int32(1)), 1));
    const BuildComparison comparison = run();
    CHECK(lines(comparison) == std::vector<std::string>{"same-bytecode /flags.pyc", "same-bytecode /x.pyc"});
    CHECK(comparison.pairs[0].details == "reference flags");
    CHECK(comparison.pairs[1].details == "header");
    CHECK_FALSE(comparison.differ());
    fs::permissions(b / "x.pyc", fs::perms(0755));
    CHECK(run().differ());
}

TEST_CASE_METHOD(Fixture, "Other bytecode, and what is no bytecode, is different") {
    using namespace python::marshal;
    write_both("other.pyc", pyc313(int32(1)), pyc313(int32(2)));
    write_both("broken.pyc", pyc313(int32(1)), "not bytecode");
    write_both("no-suffix", pyc313(none(), 1), pyc313(none(), 2));
    const BuildComparison comparison = run();
    CHECK(lines(comparison) ==
          std::vector<std::string>{"different /broken.pyc", "different /no-suffix", "different /other.pyc"});
    CHECK_THAT(comparison.pairs[0].details, contains_text("magic number"));
    CHECK(comparison.pairs[2].details == "the bytecode differs");
    CHECK(comparison.differ());
}

TEST_CASE_METHOD(Fixture, "Hard links weigh once") {
    write_test_file(a / "one", "12345");
    fs::create_hard_link(a / "one", a / "two");
    const BuildComparison comparison = run();
    CHECK(comparison.totals.at(PairVerdict::only_a).paths == 2);
    CHECK(comparison.totals.at(PairVerdict::only_a).bytes_a == 5);
}

TEST_CASE_METHOD(Fixture, "A debug build's files are paired with their optimized twins") {
    write_test_file(a / "lib/_socket.cpython-313-x86_64-linux-gnu.so", std::string("o\0", 2));
    write_test_file(b / "lib/_socket.cpython-313d-x86_64-linux-gnu.so", std::string("d\0", 2));
    write_test_file(a / "include/python3.13/Python.h", "same\n");
    write_test_file(b / "include/python3.13d/Python.h", "same\n");
    const BuildComparison comparison = run();
    const Pair& module = pair_of(comparison, "/lib/_socket.cpython-313-x86_64-linux-gnu.so");
    REQUIRE(module.b != nullptr);
    CHECK(module.b->path == "/lib/_socket.cpython-313d-x86_64-linux-gnu.so");
    CHECK(module.match == Match::twin);
    CHECK(module.verdict == PairVerdict::different);
    const Pair& header = pair_of(comparison, "/include/python3.13/Python.h");
    CHECK(header.match == Match::content);
    CHECK(header.verdict == PairVerdict::identical);
    CHECK(comparison.renamed.paths == 2);  // with its folder
    CHECK(comparison.differ());
}

TEST_CASE_METHOD(Fixture, "A file that vanished after the scan is an error") {
    write_both("file", "a", "b");
    Side side_a = side_of_tree(scan(a, 1));
    Side side_b = side_of_tree(scan(b, 1));
    fs::remove(b / "file");
    CHECK_THROWS_WITH(compare::compare(std::move(side_a), std::move(side_b)), contains_text((b / "file").string()));
}

TEST_CASE_METHOD(Fixture, "JSON holds everything, and names of any bytes") {
    write_test_file(a / "caf\xe9", "123");
    fs::create_symlink("t", b / "quote\"");
    write_both("text", "a\n", "b\n");
    const auto json = parse_json(to_json(run()));
    CHECK(json["a"] == a.string());
    CHECK(json["kind"] == "trees");
    CHECK(json["differ"] == true);
    CHECK(json["totals"]["all"]["paths"] == 3);
    CHECK(json["totals"]["only-a"]["bytes_a"] == 3);
    REQUIRE(json["differences"].size() == 3);
    CHECK(json["differences"][0]["path"] == "/caf\xef\xbf\xbd");
    CHECK(json["differences"][0]["path_bytes"] == "2f636166e9");
    CHECK(json["differences"][0]["verdict"] == "only-a");
    CHECK(json["differences"][1]["path"] == "/quote\"");
    CHECK_FALSE(json["differences"][1].contains("path_bytes"));
    CHECK(json["differences"][2]["diff"] == "@@ -1 +1 @@\n-a\n+b\n");
}
