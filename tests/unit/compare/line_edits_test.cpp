#include "compare/line_edits.hpp"

#include <random>
#include <string>

#include "catch.hpp"

using namespace pystacks::compare;

namespace {

using Lines = std::vector<std::string_view>;

/// Applies the runs to @p a, and checks that they fit both texts.
Lines applied(const std::vector<LineRun>& runs, const Lines& a, const Lines& b, std::size_t& edits) {
    Lines result;
    std::size_t at_a = 0;
    edits = 0;
    for (const LineRun& run : runs) {
        REQUIRE(run.count > 0);
        if (run.kind != LineRun::Kind::equal) edits += run.count;
        if (run.kind != LineRun::Kind::only_b) REQUIRE(run.a == at_a);
        for (std::size_t i = 0; i < run.count; ++i) {
            if (run.kind == LineRun::Kind::equal) REQUIRE(a.at(run.a + i) == b.at(run.b + i));
            if (run.kind != LineRun::Kind::only_a) result.push_back(b.at(run.b + i));
        }
        if (run.kind != LineRun::Kind::only_b) at_a += run.count;
    }
    CHECK(at_a == a.size());
    return result;
}

/// The least number of edits, by the quadratic method that everybody can check.
std::size_t least_edits(const Lines& a, const Lines& b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
            } else {
                cost[i][j] = a[i - 1] == b[j - 1] ? cost[i - 1][j - 1] : 1 + std::min(cost[i - 1][j], cost[i][j - 1]);
            }
        }
    }
    return cost[a.size()][b.size()];
}

}  // namespace

TEST_CASE("line edits lead from one text to the other in as few steps as can be") {
    std::mt19937 random(20240613);  // NOLINT: the same sequence every time
    const Lines alphabet{"a", "b", "c", "d"};
    const auto text = [&] {
        Lines lines;
        for (std::size_t count = random() % 14; count > 0; --count) lines.push_back(alphabet[random() % 4]);
        return lines;
    };
    for (int round = 0; round < 2000; ++round) {
        const Lines a = text();
        const Lines b = text();
        const auto runs = line_edits(a, b, 100);
        REQUIRE(runs);
        std::size_t edits = 0;
        REQUIRE(applied(*runs, a, b, edits) == b);
        REQUIRE(edits == least_edits(a, b));
    }
}

TEST_CASE("line edits give up when more lines differ than they may") {
    const Lines a{"1", "2", "3"};
    const Lines b{"4", "5", "6"};
    CHECK_FALSE(line_edits(a, b, 5));
    CHECK(line_edits(a, b, 6));
    CHECK(line_edits(a, a, 0));
}
