#include "base/stamp_file.hpp"

#include "base/file.hpp"
#include "base/temporary_directory.hpp"
#include "catch.hpp"

using namespace pystacks;

namespace {

struct Place {
    TemporaryDirectory folder{fs::temp_directory_path(), "pystacks-stamp"};
    fs::path file = folder.path() / "stamps" / "make.json";
    StampFile stamp{file};
};

InputList inputs(const std::string& flags) {
    InputList list;
    list.add("compiler", "gcc 12").add("flags", flags);
    return list;
}

}  // namespace

TEST_CASE("a stamp file tells which inputs have changed, also where a value has tabs and lines") {
    const Place place;
    CHECK(place.stamp.changed_inputs(inputs("")).empty());
    place.stamp.write(inputs("-O2\nflags\t-O3"));
    CHECK(place.stamp.holds(inputs("-O2\nflags\t-O3")));
    CHECK(place.stamp.changed_inputs(inputs("-O2\nflags\t-O3")).empty());
    CHECK(place.stamp.changed_inputs(inputs("-O2")) == std::vector<std::string>{"flags"});
    CHECK(place.stamp.changed_inputs(InputList()) == std::vector<std::string>{"compiler", "flags"});
}

TEST_CASE("a stamp file knows what was made only as long as it holds") {
    const Place place;
    place.stamp.write(inputs("-O2"));
    CHECK_FALSE(place.stamp.made(inputs("-O2")));
    place.stamp.write(inputs("-O2"), {{"/a.rpm", "12"}, {"/b.rpm", "34"}});
    const auto made = place.stamp.made(inputs("-O2"));
    REQUIRE(made);
    REQUIRE(made->size() == 2);
    CHECK(made->back().path == "/b.rpm");
    CHECK(made->back().digest == "34");
    CHECK_FALSE(place.stamp.made(inputs("-O3")));
}

TEST_CASE("a stamp of the first format still holds, but does not say what has changed") {
    const Place place;
    const std::string old =
        R"({"format": 1, "key": ")" + inputs("-O2").digest() + R"(", "inputs": "compiler\tgcc 12\nflags\t-O2\n"})";
    make_directories(place.file.parent_path());
    write_file_atomically(place.file, old);
    CHECK(place.stamp.holds(inputs("-O2")));
    CHECK_FALSE(place.stamp.holds(inputs("-O3")));
    CHECK(place.stamp.changed_inputs(inputs("-O3")).empty());
}

TEST_CASE("what is no whole stamp file counts as none") {
    const Place place;
    make_directories(place.file.parent_path());
    for (const char* text :
         {"", "{", "[]", "null", "7", R"({"format": 99, "key": "x", "inputs": ""})", R"({"format": "1", "key": "x"})",
          R"({"key": "x"})", R"({"key": 7, "inputs": []})", R"({"key": "x", "inputs": 7})",
          R"({"key": "x", "inputs": ["a"]})", R"({"key": "x", "inputs": [{"name": "a"}]})",
          R"({"key": "x", "inputs": [], "files": 3})", R"({"key": "x", "inputs": [], "files": [{"path": 1}]})"}) {
        CAPTURE(text);
        write_file_atomically(place.file, text);
        CHECK_FALSE(place.stamp.key());
        CHECK_FALSE(place.stamp.holds(inputs("-O2")));
        CHECK(place.stamp.changed_inputs(inputs("-O2")).empty());
        CHECK_FALSE(place.stamp.made(inputs("-O2")));
    }
}

TEST_CASE("a removed stamp file does not hold, and may be removed again") {
    const Place place;
    place.stamp.write(inputs("-O2"));
    place.stamp.remove();
    place.stamp.remove();
    CHECK_FALSE(place.stamp.key());
}
