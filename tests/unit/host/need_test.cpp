#include "host/need.hpp"

#include <set>
#include <string>

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::host;

TEST_CASE("a row has five fields; a dash is nothing") {
    const auto rows =
        parse_needs("# words\n\nbuild | cpio | cpio | - | copies sources\ncompile | - | g++ | gcc-c++ >= 12 | c\n");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].use == Use::build);
    CHECK(rows[0].what == "cpio");
    CHECK(rows[0].rpm.empty());
    CHECK(rows[0].why == "copies sources");
    CHECK(rows[1].what.empty());
    CHECK(rows[1].rpm == "gcc-c++ >= 12");
}

TEST_CASE("a line that is not a row is named") {
    for (const char* table : {"# words\nbuild | cpio | cpio | cpio\n", "# words\nbuilding | a | b | c | d\n"}) {
        try {
            (void)parse_needs(table);
            FAIL("accepted");
        } catch (const Error& error) {
            CHECK(error.subject() == "setup/packages.txt:2");
        }
    }
}

TEST_CASE("the program's own table: what each row is for is said, and a program has a package") {
    std::set<std::string> seen;
    for (const Need& need : needs()) {
        INFO(need.what << " " << need.debian << " " << need.rpm);
        CHECK_FALSE(need.why.empty());
        CHECK_FALSE((need.debian.empty() && need.rpm.empty()));
        CHECK(
            seen.insert(std::string(name_of(need.use)) + " " + need.what + " " + need.debian + " " + need.rpm).second);
    }
}
