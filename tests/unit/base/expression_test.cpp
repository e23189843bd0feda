#include "base/expression.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;

TEST_CASE("an expression matches a whole text or is somewhere in it") {
    const Expression version("([0-9])\\.([0-9]+)");
    CHECK(version.matches("3.13"));
    CHECK_FALSE(version.matches("python3.13"));
    CHECK(version.is_in("python3.13"));
    CHECK_FALSE(version.is_in("python3"));
}

TEST_CASE("the groups of an expression begin with the whole match, and are empty where they took no part") {
    const Expression either("(a)|(b)");
    CHECK(either.groups_of("b") == Expression::Groups{"b", "", "b"});
    CHECK_FALSE(either.groups_of("xb"));
    CHECK(either.first_in("xba") == Expression::Groups{"b", "", "b"});
    CHECK_FALSE(either.first_in("x"));
    CHECK(either.all_in("xbxa") == std::vector<Expression::Groups>{{"b", "", "b"}, {"a", "a", ""}});
    CHECK(either.removed_from("xbxa") == "xx");
}

TEST_CASE("what is no regular expression is an error with the library's reason") {
    try {
        const Expression broken("(");
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
        CHECK(error.subject() == "(");
        CHECK_FALSE(error.reason().empty());
    }
}

TEST_CASE("an expression is of bytes, whatever their encoding") {
    const Expression any("a.b");
    CHECK(
        any.matches("a\xe9"
                    "b"));
    CHECK_FALSE(
        any.matches("a\n"
                    "b"));
    CHECK(any.removed_from("\xff"
                           "axb") == "\xff");
}

TEST_CASE("matches that are empty follow upon each other to the end") {
    const Expression maybe("x*");
    CHECK(maybe.all_in("axb") == std::vector<Expression::Groups>{{""}, {"x"}, {""}, {""}});
    CHECK(maybe.all_in("") == std::vector<Expression::Groups>{{""}});
    CHECK(maybe.removed_from("axb") == "ab");
}

TEST_CASE("what would need more than linear time is refused") {
    CHECK_THROWS_AS(Expression("(a)\\1"), Error);
    CHECK_THROWS_AS(Expression("a(?=b)"), Error);
}
