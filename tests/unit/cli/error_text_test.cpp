#include "cli/error_text.hpp"

#include "catch.hpp"

using pystacks::Error;
using pystacks::cli::error_text;

TEST_CASE("an error is one line, and its hint another") {
    CHECK(error_text(Error("cannot read", "a.toml", "No such file", "look again")) ==
          "pystacks: cannot read: a.toml: No such file\nlook again\n");
    CHECK(error_text(Error("cannot start", "", "no command given")) == "pystacks: cannot start: no command given\n");
    CHECK(error_text(Error("interrupted", "", "")) == "pystacks: interrupted\n");
}

TEST_CASE("a reason of several lines stands below, indented") {
    CHECK(error_text(Error("cannot apply", "x.patch", "hunk 1:\n-a\n\n+b\n", "repair it\n")) ==
          "pystacks: cannot apply: x.patch:\n    hunk 1:\n    -a\n\n    +b\nrepair it\n");
}
