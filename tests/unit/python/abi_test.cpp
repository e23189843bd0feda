#include "python/abi.hpp"

#include "catch.hpp"

using namespace pystacks::python;

TEST_CASE("ABI flags are read in any order and written in CPython's") {
    CHECK(Abi{"3.13", {}}.flags().empty());
    CHECK(Abi{"3.13", *traits_of_flags("dt")}.flags() == "td");
    CHECK(Abi{"3.2", *traits_of_flags("umd")}.flags() == "dmu");
    CHECK_FALSE(traits_of_flags("x"));
    CHECK_FALSE(traits_of_flags("-debug"));
    CHECK(traits_of_suffix("-debug") == debug_traits);
    CHECK(traits_of_suffix("_d") == debug_traits);
    CHECK(traits_of_suffix("") == optimized_traits);
}

TEST_CASE("a build is called by its traits") {
    CHECK(name_of(optimized_traits) == "optimized");
    CHECK(name_of({Trait::debug, Trait::free_threaded}) == "freethreading-debug");
    CHECK(name_of({Trait::address_sanitizer}) == "asan");
    CHECK(name_of({Trait::pymalloc}) == "optimized");
}

TEST_CASE("versions are told from what follows them") {
    CHECK(version_length("3.13d/object.h") == 4);
    CHECK(version_length("3") == 0);
    CHECK(version_length("3.") == 0);
    CHECK(dotted_version("39") == "3.9");
    CHECK(dotted_version("313") == "3.13");
    CHECK(Abi{"3.13", {}}.minor() == 13);
    CHECK(Abi{"2.7", {}}.python2());
}
