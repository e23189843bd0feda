#include "build/stamp.hpp"
#include "catch.hpp"
#include "test_folder.hpp"

using namespace pystacks;
using namespace pystacks::build;
using pystacks::build::test::TestFolder;

namespace {

InputList inputs(const std::string& flags) {
    InputList key;
    key.add("compiler", "gcc 12").add("flags", flags);
    return key;
}

}  // namespace

TEST_CASE("a stamp holds for the same inputs only") {
    const TestFolder folder;
    const Stamps stamps(folder / "stamps");
    CHECK_FALSE(stamps.holds("make", inputs("-O2")));
    stamps.write("make", inputs("-O2"));
    CHECK(stamps.holds("make", inputs("-O2")));
    CHECK_FALSE(stamps.holds("make", inputs("-O3")));
    CHECK_FALSE(stamps.holds("configure", inputs("-O2")));
    CHECK(stamps.key("make") == inputs("-O2").digest());
}

TEST_CASE("a stamp says which input changed") {
    const TestFolder folder;
    const Stamps stamps(folder / "stamps");
    CHECK(stamps.changed_inputs("make", inputs("-O2")).empty());
    stamps.write("make", inputs("-O2"));
    CHECK(stamps.changed_inputs("make", inputs("-O3")) == std::vector<std::string>{"flags"});
    InputList more = inputs("-O2");
    more.add("patch", "x");
    CHECK(stamps.changed_inputs("make", more) == std::vector<std::string>{"patch"});
}

TEST_CASE("what is no whole stamp counts as none") {
    const TestFolder folder;
    const Stamps stamps(folder / "stamps");
    for (const char* text :
         {"", "{", "[]", "null", R"({"format": 99, "key": "x", "inputs": ""})", R"({"format": 1, "key": 7})"}) {
        CAPTURE(text);
        folder.write("stamps/make.json", text);
        CHECK_FALSE(stamps.exists("make"));
        CHECK_FALSE(stamps.holds("make", inputs("-O2")));
    }
}

TEST_CASE("a removed stamp does not hold, and may be removed again") {
    const TestFolder folder;
    const Stamps stamps(folder / "stamps");
    stamps.write("make", inputs("-O2"));
    stamps.remove("make");
    stamps.remove("make");
    CHECK_FALSE(stamps.exists("make"));
}
