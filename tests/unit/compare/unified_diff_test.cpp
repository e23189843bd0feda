#include "compare/unified_diff.hpp"

#include "catch.hpp"

using namespace pystacks::compare;

namespace {

std::string numbers(int from, int to) {
    std::string text;
    for (int i = from; i <= to; ++i) text += std::to_string(i) + "\n";
    return text;
}

}  // namespace

TEST_CASE("a unified diff has three lines of context and counts like diff(1)") {
    const UnifiedDiff diff = unified_diff(numbers(1, 20), numbers(1, 9) + "ten\n" + numbers(11, 21));
    CHECK(diff.text ==
          "@@ -7,7 +7,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n"
          "@@ -18,3 +18,4 @@\n 18\n 19\n 20\n+21\n");
    CHECK(diff.lines_a == 1);
    CHECK(diff.lines_b == 2);
    CHECK_FALSE(diff.cut);
}

TEST_CASE("changes with little between them share a hunk") {
    const UnifiedDiff diff = unified_diff("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n");
    CHECK(diff.text == "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
}

TEST_CASE("empty texts and missing newlines are as diff(1) writes them") {
    CHECK(unified_diff("", "").text.empty());
    CHECK(unified_diff("", "a\n").text == "@@ -0,0 +1 @@\n+a\n");
    CHECK(unified_diff("a\nb\n", "").text == "@@ -1,2 +0,0 @@\n-a\n-b\n");
    CHECK(unified_diff("a", "a\n").text == "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
}

TEST_CASE("a diff is bounded in lines, width and bytes") {
    const UnifiedDiff wide = unified_diff("", std::string(100000, 'x') + "\n");
    CHECK(wide.text.size() < 2 * longest_diff_line);
    std::string many;
    for (int i = 0; i < 900; ++i) many += std::string(300, 'x') + std::to_string(i) + "\n";
    const UnifiedDiff long_diff = unified_diff("", many);
    CHECK(long_diff.cut);
    CHECK(long_diff.text.size() < 2 * most_diff_bytes);
    CHECK(long_diff.text.ends_with("\n"));
    CHECK(long_diff.lines_b == 900);
}
