#include "base/characters.hpp"

#include "catch.hpp"

using namespace pystacks;

TEST_CASE("text of others cannot command the terminal") {
    CHECK(without_control_characters("a\x1b[2Jb") == "a?[2Jb");
    CHECK(without_control_characters("a\tb\x07") == "a b?");
    CHECK(without_control_characters("Größe…") == "Größe…");
    CHECK(without_control_characters("\x9b"
                                     "31m") == "?31m");
    CHECK(without_control_characters("\xc2\x9b"
                                     "31m") == "?31m");
    CHECK(without_control_characters("a\nb") == "a?b");
    CHECK(without_control_characters("\xed\xa0\x80") == "???");  // a surrogate
    CHECK(lines_without_control_characters("a\nb\x1b[2J\n") == "a\nb?[2J\n");
}

TEST_CASE("control characters are found, wherever a terminal knows them") {
    CHECK_FALSE(has_control_character("Größe… \xff"));
    CHECK(has_control_character("a\x1b"));
    CHECK(has_control_character("a\xc2\x9b"));
    CHECK(has_control_character("a\tb"));
    CHECK_FALSE(has_control_character("a\tb", "\t"));
}

TEST_CASE("escaped, it can still be told what was there") {
    CHECK(escaped("Größe…") == "Größe…");
    CHECK(escaped("a\x1b[2J\n\t\\\x7f") == "a\\x1b[2J\\x0a\\x09\\x5c\\x7f");
    CHECK(escaped("\x9b"
                  "31m \xc2\x9b"
                  "31m") == "\\x9b31m \\xc2\\x9b31m");
    CHECK(escaped("a\x1b\n\t\\", "\n\t\\") == "a\\x1b\n\t\\");
    CHECK(escaped(std::string_view("a\0b", 3)) == "a\\x00b");
}
