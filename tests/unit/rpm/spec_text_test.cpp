#include "rpm/spec_text.hpp"

#include "base/error.hpp"
#include "catch.hpp"

using namespace pystacks;
using namespace pystacks::rpm;

TEST_CASE("a value that is conditional macros alone may expand to nothing") {
    CHECK(may_expand_to_nothing("%{?with_x:python}"));
    CHECK(may_expand_to_nothing("%{?with_x:a = %{version}} %{!?y:b}"));
    CHECK(may_expand_to_nothing("%[0%{?x} ? \"a\" : \"\"]"));
    CHECK_FALSE(may_expand_to_nothing("%{name}%{?_isa} = %{version}"));
    CHECK_FALSE(may_expand_to_nothing("%{libs_license}"));
    CHECK_FALSE(may_expand_to_nothing("%{?with_x:unbalanced"));
    CHECK_FALSE(may_expand_to_nothing("100%"));
}

TEST_CASE("a tag is one line, whatever its value has in it") {
    CHECK(tag("Summary", "two\n  lines ") == "Summary:        two lines\n");
    CHECK(tag("Requires", "").empty());
    CHECK(tag("Requires", "%{?x:a}") == "%if \"%{?x:a}\" != \"\"\nRequires:       %{?x:a}\n%endif\n");
}

TEST_CASE("a macro's body keeps its lines and its braces") {
    CHECK(global("a", "") == "%global a %{nil}\n");
    CHECK(global("a", "one\ntwo") == "%global a one\\\ntwo\n");
    CHECK(global("a", "{x}") == "%global a %{nil}{x}\n");
}

TEST_CASE("a condition means for rpm what it means for the stages") {
    CHECK(open_condition({"%{with debug_build}", {"f", 3}}) == "%if %{with debug_build}\n");
    CHECK(open_condition({"%[0%{?fedora} && 1]", {"f", 3}}) == "%if %[0%{?fedora} && 1]\n");
    // Empty and "0" are false, anything else is true; a bare %if would stop at either.
    CHECK(open_condition({"%{?fedora}", {"f", 3}}) == "%if \"%{?fedora}\" != \"\" && \"%{?fedora}\" != \"0\"\n");
    CHECK(conditional({}, "body\n") == "body\n");
    CHECK(conditional({"%{with x}", {"f", 1}}, "body\n") == "%if %{with x}\nbody\n%endif\n");
}

TEST_CASE("an expression that is not one macro is refused, with its place") {
    for (const char* expression : {"%{with a} && %{with b}", "!%{with a}", "1", "%{with a"}) {
        try {
            (void)open_condition({expression, {"stack.toml", 7}});
            FAIL(expression << " was taken");
        } catch (const Error& error) {
            CHECK(error.kind() == ErrorKind::usage);
            CHECK(error.subject() == "stack.toml:7");
        }
    }
}
