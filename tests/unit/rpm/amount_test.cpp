#include "rpm/amount.hpp"

#include "catch.hpp"

using namespace pystacks::rpm;

TEST_CASE("an amount has the letter of rpmbuild's -b") {
    for (const Amount amount :
         {Amount::prep, Amount::build, Amount::install, Amount::binary, Amount::all, Amount::source}) {
        CHECK(amount_of(letter_of(amount)) == amount);
    }
    CHECK(letter_of(Amount::build) == "c");
    CHECK_FALSE(amount_of(""));
    CHECK_FALSE(amount_of("x"));
    CHECK_FALSE(amount_of("ba"));
    CHECK(makes_packages(Amount::all));
    CHECK(makes_packages(Amount::binary));
    CHECK_FALSE(makes_packages(Amount::source));
}
