#include "spectext/tag.hpp"

#include "catch.hpp"

using pystacks::spectext::before_dnl;
using pystacks::spectext::tag_of;

TEST_CASE("tags in letters of any case, with white space before the colon") {
    for (const char* line : {"BuildRequires: gcc", "buildrequires:gcc", "BUILDREQUIRES\t :  gcc  ",
                             "BuildRequires : gcc %dnl a compiler", "BuildPreReq: gcc", "BuildRequires(pre): gcc"}) {
        INFO(line);
        const auto tag = tag_of(line);
        REQUIRE(tag);
        CHECK(tag->asks_for_build());
        CHECK(tag->value == "gcc");
    }
    CHECK(tag_of("Requires(post): gcc")->option == "post");
    CHECK(!tag_of("Requires: gcc")->asks_for_build());
    CHECK(tag_of("Name: a")->is("name"));
    CHECK(!tag_of("Name: a")->is("nam"));
}

TEST_CASE("lines that are no tags") {
    for (const char* line : {"", "%build", "make", "Name", "(x): a", "Name(x: a", "%dnl Name: a"}) CHECK(!tag_of(line));
}

TEST_CASE("tags that depend on a macro") {
    using pystacks::spectext::conditional_tag_of;
    for (const char* line :
         {"%{?with_x:BuildRequires: gcc}", " %{!?y:buildrequires : gcc}", "%{?!y:BuildRequires:gcc }"}) {
        INFO(line);
        REQUIRE(conditional_tag_of(line));
        CHECK(conditional_tag_of(line)->asks_for_build());
        CHECK(conditional_tag_of(line)->value == "gcc");
    }
    for (const char* line : {"BuildRequires: gcc", "%{?x}", "%{?x:gcc}", "%{lua: a: b}", "%{?x:a: b"})
        CHECK(!conditional_tag_of(line));
}

TEST_CASE("what %dnl takes out") {
    CHECK(before_dnl("a %dnl b") == "a ");
    CHECK(before_dnl("a %%dnl b") == "a %%dnl b");
    CHECK(before_dnl("a %dnlx b %dnl") == "a %dnlx b ");
    CHECK(before_dnl("%{foo}%dnl") == "%{foo}");
}
