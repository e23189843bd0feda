#include "catch.hpp"
#include "source/debian_version.hpp"

using namespace pystacks::source;

TEST_CASE("Debian's versions are in Debian's order") {
    // Each is older than the next.
    const std::vector<std::string> ordered = {"1.0~~",         "1.0~rc1-1",      "1.0-1",  "1.0-1+b1", "1.0-2",
                                              "1.0-2+deb13u5", "1.0-2+deb13u10", "1.0-10", "1.0a-1",   "1.0+dfsg-1",
                                              "1.0.1-1",       "1.2-1",          "1.10-1", "2-1",      "1:0.1-1"};
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        for (std::size_t j = 0; j < ordered.size(); ++j) {
            const int order = compare_debian_versions(ordered[i], ordered[j]);
            CAPTURE(ordered[i], ordered[j]);
            CHECK((order < 0) == (i < j));
            CHECK((order > 0) == (i > j));
        }
    }
    CHECK(compare_debian_versions("1.0-01", "1.0-1") == 0);
    CHECK(compare_debian_versions("0:1.0-1", "1.0-1") == 0);
}

TEST_CASE("the upstream part has neither epoch nor revision") {
    CHECK(upstream_part("3.13.5-2+deb13u5") == "3.13.5");
    CHECK(upstream_part("1:1.19.5-1") == "1.19.5");
    CHECK(upstream_part("1.0-rc1-3") == "1.0-rc1");
    CHECK(upstream_part("20240101") == "20240101");
    CHECK(upstream_part("").empty());
}
