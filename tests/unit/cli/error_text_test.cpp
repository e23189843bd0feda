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

TEST_CASE("what a person reads of a long reason is short, what a log gets is not") {
    const Error error("cannot make", "x", "cause\n" + std::string(10'000, 'x') + "\nend", "look into the log");
    const std::string shown = error_text(error);
    CHECK(shown.starts_with("pystacks: cannot make: x:\n    cause\n"));
    CHECK(shown.ends_with("\n    end\nlook into the log\n"));
    CHECK(shown.size() < 500);
    CHECK(error_text(error, pystacks::cli::Length::whole).size() > 10'000);
}
