#include "transform/conditions.hpp"

#include "catch.hpp"

using pystacks::spectext::SpecText;
using pystacks::transform::Conditions;

TEST_CASE("conditions are the same where their text is, from the outermost one on") {
    const SpecText spec(
        "%if a\n%if b\n1\n%endif\n%endif\n"
        "%if a\n%if b\n2\n%else\n3\n%endif\n%endif\n"
        "%if b\n4\n%endif\n");
    const Conditions conditions(spec);
    const auto number = [&](std::size_t line) { return conditions.number(spec.lines()[line].branch); };
    CHECK(number(2) == number(7));
    CHECK(number(2) != number(9));
    CHECK(number(2) != number(13));
    CHECK(conditions.number(0) == 0);
    CHECK(conditions.chain(spec.lines()[2].branch).size() == 2);
}

TEST_CASE("conditions are found around others") {
    const SpecText spec(
        "%if a\n%if b\n%if c\n1\n%endif\n%endif\n%endif\n"
        "%if b\n%if c\n2\n%endif\n%endif\n"
        "%if a\n%if c\n3\n%endif\n%endif\n"
        "%if a\n4\n%endif\n");
    const Conditions conditions(spec);
    const auto branch = [&](std::size_t line) { return spec.lines()[line].branch; };
    CHECK(conditions.found_around({branch(9), branch(14), branch(18)}, {branch(3)}) ==
          std::set<std::size_t>{branch(9), branch(18)});
    CHECK(conditions.found_around({branch(3)}, {branch(9), 0}).empty());
}

TEST_CASE("conditions that would be repeated without end") {
    std::string text;
    for (int i = 0; i < 21; ++i) text += "%if x\n";
    const SpecText deep(text + "1\n"), wide("%if " + std::string(2001, 'x') + "\n1\n%endif\n");
    CHECK(Conditions(deep).short_enough(deep.lines()[20].branch));
    CHECK_FALSE(Conditions(deep).short_enough(deep.lines()[21].branch));
    CHECK_FALSE(Conditions(wide).short_enough(wide.lines()[1].branch));
}
