#include "base/shortened.hpp"

#include <string>

#include "catch.hpp"

using pystacks::shortened;

TEST_CASE("short text stays as it is") {
    CHECK(shortened("").empty());
    CHECK(shortened("one\n\ntwo\n") == "one\n\ntwo\n");
    CHECK(shortened(std::string(320, 'x')) == std::string(320, 'x'));
}

TEST_CASE("a long line loses its middle") {
    const std::string shown = shortened("before\ngcc " + std::string(10'000, 'x') + " last.o\nafter");
    CHECK(shown.starts_with("before\ngcc xxx"));
    CHECK(shown.ends_with("x last.o\nafter"));
    CHECK(shown.find("bytes left out") != std::string::npos);
    CHECK(shown.size() < 400);
}

TEST_CASE("no character is cut in two") {
    for (std::size_t offset = 0; offset < 4; ++offset) {
        std::string text(offset, 'a');
        for (int i = 0; i < 200; ++i) text += "€";
        std::string left = shortened(text);
        for (std::size_t euro = left.find("€"); euro != std::string::npos; euro = left.find("€")) left.erase(euro, 3);
        const std::size_t note = left.find(" … ");
        REQUIRE(note == offset);
        CHECK(left.ends_with(" left out … "));
    }
}

TEST_CASE("of many lines the first and the last ones are shown") {
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "line " + std::to_string(i) + "\n";
    text.pop_back();
    const std::string shown = shortened(text);
    CHECK(shown.starts_with("line 0\n"));
    CHECK(shown.find("\nline 19\n… 950 lines left out …\nline 970\n") != std::string::npos);
    CHECK(shown.ends_with("line 999"));
}
