#include "report/display_width.hpp"

#include <clocale>

#include "catch.hpp"

using namespace pystacks::report;

TEST_CASE("display width") {
    CHECK(display_width("") == 0);
    CHECK(display_width("make") == 4);
    CHECK(display_width("Größe") == 5);
    CHECK(display_width("構成") == 4);
    CHECK(display_width("e\u0301") == 1);
    CHECK(display_width("\xff\xfe") == 2);
    CHECK(display_width("\x01\u0085") == 2);
    CHECK(display_width("\U0001F680") == 2);
    CHECK(display_width("\u0E01\u0E34") == 1);
}

TEST_CASE("widths do not depend on the locale, and leave it alone") {
    const locale_t plain = ::newlocale(LC_CTYPE_MASK, "C", nullptr);
    const locale_t before = ::uselocale(plain);
    CHECK(display_width("構成") == 4);
    CHECK(::uselocale(before) == plain);
    ::freelocale(plain);
}

TEST_CASE("cut to width") {
    CHECK(cut_to_width("optimized", 9) == "optimized");
    CHECK(cut_to_width("optimized", 5) == "opti…");
    CHECK(cut_to_width("構成構成", 5) == "構成…");
    CHECK(cut_to_width("構成構成", 4) == "構…");
    CHECK(cut_to_width("x", 0).empty());
    CHECK(cut_to_width("xy", 1) == "…");
}
