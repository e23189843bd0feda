#include "extension/spec_switches.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::extension;

namespace {

constexpr const char* spec = R"(%bcond check 1
%bcond_without  docs
%bcond_with	tests
Name: with-a-name-of-its-own
%if %{with extra} && 0%{!?with_old:1}
%{?_without_new:%global x 1}
%if %{without bootstrap}
# words without meaning, with none
%endif
%endif
)";

std::string refusal(const rpm::Switches& switches, const std::string& text) {
    try {
        check_spec_switches(switches, text, "x.spec");
    } catch (const Error& error) {
        CHECK(error.kind() == ErrorKind::usage);
        return error.subject() + ": " + error.reason();
    }
    return "";
}

}  // namespace

TEST_CASE("bconds are found wherever a spec names one") {
    CHECK(bconds_named_in(spec) ==
          std::vector<std::string>{"bootstrap", "check", "docs", "extra", "new", "old", "tests"});
    CHECK(bconds_named_in("").empty());
    CHECK(bconds_named_in("%bcond").empty());
    CHECK(bconds_named_in("%bcond\nname 1").empty());
}

TEST_CASE("a bcond that the spec does not name is refused, with the nearest") {
    CHECK(refusal({{"check"}, {"docs"}, {}}, spec).empty());
    CHECK(refusal({{"chekc"}, {}, {}}, spec) == "--with chekc: did you mean check?");
    CHECK(refusal({{}, {"nothing_like"}, {}}, spec) == "--without nothing_like: x.spec has no such bcond");
    CHECK(refusal({{"anything"}, {}, {}}, std::string(spec) + "%include %{SOURCE1}\n").empty());
}
