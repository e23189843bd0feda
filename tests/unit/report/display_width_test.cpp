#include "report/display_width.hpp"

#include "catch.hpp"

using namespace pystacks::report;

TEST_CASE("display width") {
    CHECK(display_width("") == 0);
    CHECK(display_width("make") == 4);
    CHECK(display_width("Größe") == 5);
    CHECK(display_width("構成") == 4);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("\xff\xfe") == 2);
}

TEST_CASE("cut to width") {
    CHECK(cut_to_width("optimized", 9) == "optimized");
    CHECK(cut_to_width("optimized", 5) == "opti…");
    CHECK(cut_to_width("構成構成", 5) == "構成…");
    CHECK(cut_to_width("構成構成", 4) == "構…");
    CHECK(cut_to_width("x", 0).empty());
    CHECK(cut_to_width("xy", 1) == "…");
}
