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
    CHECK(lines_without_control_characters("a\nb\x1b[2J\n") == "a\nb?[2J\n");
}
