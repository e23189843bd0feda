#include "merge/summary.hpp"

#include "base/json.hpp"
#include "catch.hpp"
#include "trees.hpp"

using namespace pystacks;
using namespace pystacks::merge;
using namespace pystacks::merge::test;

namespace {

Summary summary_of(Trees& trees) {
    const auto merged = trees.merge();
    return summarise(trees.stack, trees.scan(), trees.compare(), merged);
}

void fill(Trees& trees) {
    trees.everywhere("/lib/os.py", std::string(1000, 'x'));
    trees.everywhere("/lib/re.py", std::string(500, 'x'));
    trees.file("optimized", "/lib/libpy.so", std::string(300, 'o'));
    trees.file("debug", "/lib/libpyd.so", std::string(700, 'd'));
    trees.hard_link("debug", "/lib/libpyd.so.1", "/lib/libpyd.so");
    trees.file("optimized", "/bin/idle", "o");
    trees.file("debug", "/bin/idle", "d");
    trees.stack.rules.push_back({"/bin/idle", "optimized", "the same script", {}, {"stack.toml", 3}});
}

}  // namespace

TEST_CASE("the summary says what a configuration costs and what sharing saved") {
    Trees trees;
    fill(trees);
    const auto summary = summary_of(trees);
    CHECK(summary.by_kind.at("shared").files == 2);
    CHECK(summary.by_kind.at("shared").bytes == 1500);
    CHECK(summary.saved_bytes == 1500);
    CHECK(summary.on_top.at("debug").files == 2);
    CHECK(summary.on_top.at("debug").bytes == 700);  // hard links once
    CHECK(summary.by_kind.at("rule").files == 1);
    CHECK(to_lines(summary) ==
          std::vector<std::string>{"shared 2 files, 1.5 kB, once instead of 2 times (saves 1.5 kB)",
                                   "debug adds 2 files, 700 B", "0 aliases, 1 settled by rule"});
}

TEST_CASE("bytecode that was made after the comparison counts as its source does") {
    Trees trees;
    trees.everywhere("/lib/os.py", "x");
    trees.file("debug", "/lib/_d.py", "x");
    trees.merge();
    const auto cache = trees.merged() / "lib/__pycache__";
    make_directories(cache);
    write_file_atomically(cache / "os.cpython-313.pyc", "12345");
    write_file_atomically(cache / "_d.cpython-313.pyc", "123");
    const auto summary = summarise(trees.stack, trees.scan(), trees.compare(), tree::scan(trees.merged(), 1));
    CHECK(summary.by_kind.at("shared").bytes == 6);
    CHECK(summary.on_top.at("debug").bytes == 4);
}

TEST_CASE("a stack with one configuration has nothing to share") {
    Trees trees({"optimized"});
    trees.everywhere("/lib/os.py", "x");
    CHECK(to_lines(summary_of(trees)) == std::vector<std::string>{"only in optimized: 1 file, 1 B"});
}

TEST_CASE("comparison.json is sorted, complete and stable") {
    Trees trees;
    fill(trees);
    stack::Configuration& debug = trees.stack.configurations.back();
    debug.variant_of = "optimized";
    debug.suffix = "d";
    debug.package = "py-debug";
    debug.traits = {"debug"};
    const auto text = to_json(trees.compare(), summary_of(trees));
    CHECK(text == to_json(trees.compare(), summary_of(trees)));
    const auto json = parse_json(text);
    CHECK(json["base"] == "optimized");
    CHECK(json["on_top"]["debug"]["bytes"] == 700);
    CHECK(json["paths"].size() == 8);
    CHECK(
        json["about"] ==
        nlohmann::json{
            {"optimized",
             {{"variant_of", nullptr}, {"suffix", ""}, {"package", nullptr}, {"traits", nlohmann::json::array()}}},
            {"debug", {{"variant_of", "optimized"}, {"suffix", "d"}, {"package", "py-debug"}, {"traits", {"debug"}}}}});
    CHECK(json["paths"][1] == nlohmann::json{{"path", "/bin/idle"},
                                             {"verdict", "rule"},
                                             {"winner", "optimized"},
                                             {"configurations", {"optimized", "debug"}},
                                             {"reason", "the same script"}});
}

TEST_CASE("a name that is not UTF-8 does not break comparison.json") {
    Trees trees;
    trees.everywhere("/lib/latin\xe9", "x");
    CHECK(nlohmann::json::accept(to_json(trees.compare(), summary_of(trees))));
}
