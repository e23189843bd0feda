#include "stackbuild/amount.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::stackbuild;

TEST_CASE("amounts of a build have rpmbuild's letters") {
    CHECK(letter_of(rpm::Amount::all) == "a");
    for (const char* letter : {"a", "b", "s", "p", "c", "i"}) CHECK(letter_of(amount_of(letter)) == letter);
    CHECK_THROWS_AS(amount_of("x"), Error);
    CHECK_THROWS_AS(amount_of(""), Error);
}

TEST_CASE("only two amounts make binary packages") {
    for (const char* letter : {"a", "b"}) CHECK(makes_binary_packages(amount_of(letter)));
    for (const char* letter : {"s", "p", "c", "i"}) CHECK_FALSE(makes_binary_packages(amount_of(letter)));
}
