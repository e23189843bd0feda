#include "compare/text_report.hpp"

#include "base/temporary_directory.hpp"
#include "catch.hpp"
#include "files.hpp"

using namespace pystacks;
using namespace pystacks::compare;

namespace {

struct Fixture {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-report"};
    fs::path a = folder.path() / "a";
    fs::path b = folder.path() / "b";

    Fixture() {
        fs::create_directories(a);
        fs::create_directories(b);
    }

    std::string report(const ReportOptions& options = {}) const {
        return text_report(compare::compare(side_of_tree(tree::scan(a, 1)), side_of_tree(tree::scan(b, 1))), options);
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "the report is differences, totals and the conclusion") {
    tree::write_test_file(a / "file", "1\n2\n");
    tree::write_test_file(b / "file", "1\n3\n");
    tree::write_test_file(b / "own/deep/file", "y");
    CHECK(report() ==
          "text           /file  (-1 +1 lines; 4 B)\n"
          "    @@ -1,2 +1,2 @@\n"
          "     1\n"
          "    -2\n"
          "    +3\n"
          "only in B      /own  (folder of 2 paths, 1 B)\n"
          "\n"
          "                      paths    size in A    size in B\n"
          "identical                 0            -            -\n"
          "text                      1          4 B          4 B\n"
          "only in B                 3            -          1 B\n"
          "all                       4          4 B          5 B\n"
          "The trees differ.\n");
}

TEST_CASE_METHOD(Fixture, "a renamed folder is one line, but for what changed in it") {
    for (const char* name : {"one.h", "two.h", "three.h"}) {
        tree::write_test_file(a / "include/python3.13" / name, std::string("of ") + name);
        tree::write_test_file(b / "include/python3.13d" / name, std::string("of ") + name);
    }
    tree::write_test_file(a / "include/python3.13/pyconfig.h", "a\n");
    tree::write_test_file(b / "include/python3.13d/pyconfig.h", "b\n");
    const std::string text = report();
    CHECK_THAT(text, contains_text("/include/python3.13 → /include/python3.13d  (folder of 3 paths, "));
    CHECK_THAT(text, contains_text("text           /include/python3.13/pyconfig.h → "));
    CHECK_THAT(text, !contains_text("one.h"));
    CHECK_THAT(report({true, false, false}), contains_text("one.h"));
}

TEST_CASE_METHOD(Fixture, "what has a partner elsewhere is not hidden in the line of its folder") {
    tree::write_test_file(a / "gone/moved", "12345");
    tree::write_test_file(a / "gone/lost", "1");
    tree::write_test_file(b / "moved", "12345");
    const std::string text = report();
    CHECK_THAT(text, contains_text("renamed        /gone/moved → /moved"));
    CHECK_THAT(text, contains_text("only in A      /gone/lost"));
}

TEST_CASE_METHOD(Fixture, "long diffs are cut, and texts cannot drive the terminal") {
    std::string many;
    for (int i = 0; i < 40; ++i) many += "line " + std::to_string(i) + "\n";
    tree::write_test_file(a / "file", "");
    tree::write_test_file(b / "file", "\x1b[2J\\\t|\n" + many);
    const std::string text = report();
    CHECK_THAT(text, contains_text("more lines of the diff (--all shows them)"));
    CHECK_THAT(text, contains_text("+\\x1b[2J\\\t|\n"));
    CHECK_THAT(report({true, false, false}), contains_text("+line 39\n"));
}
