#include "transform/proof.hpp"

#include "catch.hpp"

using pystacks::transform::lacks;

TEST_CASE("what the macros may add is told from what they must not") {
    const std::string off = "Name: a\n%build\nmake\n%files\n/usr/bin/a\n";
    CHECK(lacks(off, off).empty());
    CHECK(lacks(off,
                "Name: a\nBuildRequires: b\n%package -n a-debug\nSummary: s\n%build\nmake\nagain\n%files -f "
                ".pydebug/exclusions\n/usr/bin/a\n")
              .empty());
    CHECK(lacks("Name: a\n%BUILD\nmake\n", "Name: a\n%BUILD\nmake\nagain\n").empty());
    CHECK(!lacks("Name: a\n%BUILD\nmake\n", "Name: a\n%BUILD\nmade\nagain\n").empty());
    CHECK(lacks(off, off + "%conf -a\nagain\n%check\nimports\n").empty());
    // A rule between two sections, which is in another one when a section is added.
    CHECK(lacks("%install\ncopy\n\n# ----\n%files\n", "%install\ncopy\nagain\n%check\nimports\n\n# ----\n%files\n")
              .empty());
    CHECK(!lacks("%install\n# ----\ncopy\n%files\n", "%install\ncopy\n# ----\n%files\n").empty());
    CHECK(!lacks(off, "Name: b\n%build\nmake\n%files\n/usr/bin/a\n").empty());
    CHECK(!lacks(off, "Name: a\n%build\nmade\n%files\n/usr/bin/a\n").empty());
    CHECK(!lacks(off, "Name: a\n%build\nmake\n%files\n/usr/bin/b\n").empty());
    CHECK(!lacks(off, "Name: a\n%build\nmake\n%files\n/usr/bin/a\n%package more\nSummary: s\n").empty());
}
