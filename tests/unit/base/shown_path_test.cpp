#include "base/shown_path.hpp"

#include "catch.hpp"

using namespace pystacks;

TEST_CASE("a path is relative where it is below the current folder") {
    const std::filesystem::path here = std::filesystem::current_path();
    CHECK(seen_from_here(here / "dist" / "a.rpm") == "dist/a.rpm");
    CHECK(seen_from_here(here.parent_path() / "a.rpm") == (here.parent_path() / "a.rpm").string());
    CHECK(seen_from_here("a.rpm") == "a.rpm");
}
