#include "base/text.hpp"

#include <array>
#include <limits>

#include "catch.hpp"

using namespace pystacks;
using Strings = std::vector<std::string>;

TEST_CASE("split keeps empty parts, split_words does not") {
    CHECK(split("a,,b,", ',') == Strings{"a", "", "b", ""});
    CHECK(split("", ',') == Strings{""});
    CHECK(split_words("  a\tb\n c ") == Strings{"a", "b", "c"});
    CHECK(split_words(" \n").empty());
}

TEST_CASE("join is the inverse of split") {
    CHECK(join(split("a,,b", ','), ",") == "a,,b");
    CHECK(join(Strings{}, ",").empty());
    CHECK(join(Strings{"a"}, ", ") == "a");
}

TEST_CASE("trim takes white space off both ends") {
    CHECK(trim(" \t a b \r\n") == "a b");
    CHECK(trim(" \n").empty());
    CHECK(trim("").empty());
}

TEST_CASE("replace_all does not look at what it put in") {
    CHECK(replace_all("aaa", "a", "aa") == "aaaaaa");
    CHECK(replace_all("abab", "ab", "") == "");
    CHECK(replace_all("abc", "", "x") == "abc");
    CHECK(replace_all("abc", "d", "x") == "abc");
}

TEST_CASE("nearest finds what was meant, or nothing") {
    const Strings keys{"configure", "configurations", "name", "version", "if"};
    CHECK(nearest("confgure", keys) == "configure");
    CHECK(nearest("Name", keys) == "name");
    CHECK(nearest("verison", keys) == "version");
    CHECK(nearest("name", keys) == "name");
    CHECK(nearest("--off", Strings{"--offline", "--output"}) == "--offline");
    CHECK_FALSE(nearest("--o", Strings{"--offline", "--output"}));
    CHECK_FALSE(nearest("zzzzzz", keys));
    CHECK_FALSE(nearest("", keys));
    CHECK_FALSE(nearest("x", Strings{"y"}));
    CHECK_FALSE(nearest("name", Strings{}));
    CHECK_FALSE(nearest(std::string(100000, 'a'), Strings{std::string(100000, 'b')}));
}

TEST_CASE("sizes are printed in powers of 1000") {
    CHECK(human_size(0) == "0 B");
    CHECK(human_size(999) == "999 B");
    CHECK(human_size(1000) == "1.0 kB");
    CHECK(human_size(22'900'000) == "22.9 MB");
    CHECK(human_size(999'999) == "1.0 MB");
    CHECK(human_size(std::numeric_limits<std::uint64_t>::max()) == "18.4 EB");
}

TEST_CASE("durations are printed in the unit that fits") {
    CHECK(human_duration(0) == "0 s");
    CHECK(human_duration(7.4) == "7 s");
    CHECK(human_duration(59.6) == "1 min 00 s");
    CHECK(human_duration(125) == "2 min 05 s");
    CHECK(human_duration(3720) == "1 h 02 min");
    CHECK(human_duration(-1) == "0 s");
    CHECK(human_duration(std::numeric_limits<double>::quiet_NaN()) == "0 s");
}

TEST_CASE("arguments are quoted so that a shell gives them back") {
    CHECK(shell_quote("--prefix=/usr") == "--prefix=/usr");
    CHECK(shell_quote("") == "''");
    CHECK(shell_quote("a b") == "'a b'");
    CHECK(shell_quote("it's") == R"('it'\''s')");
    CHECK(shell_quote("$(x)") == "'$(x)'");
    CHECK(shell_quote("~") == "'~'");
    CHECK(shell_join(Strings{"make", "CFLAGS=-O2 -g", ""}) == "make 'CFLAGS=-O2 -g' ''");
}

TEST_CASE("the last lines of a text") {
    CHECK(last_lines("a\nb\nc\n\n", 2) == "b\nc");
    CHECK(last_lines("a", 5) == "a");
    CHECK(last_lines("", 3).empty());
}
