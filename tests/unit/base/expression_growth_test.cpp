#include <cstdlib>
#include <string>
#include <vector>

#include "base/expression.hpp"
#include "catch.hpp"
#include "growth.hpp"

using pystacks::Expression;

namespace {

std::string repeated(const std::string& text, std::size_t size) {
    std::string result;
    while (result.size() < size) result += text;
    return result;
}

struct Case {
    const char* expression;
    const char* text;  // repeated
};

/// Each begins to match at many places, and tells late that it does not.
const std::vector<Case> hard{
    {R"(python(?:%\{python)?(3|2)[^ ]*-devel)", "python3"},
    {R"(\b(mv|cp|install|ln)\b.*python[23]?_sitearch)", "cp "},
    {R"(%\([^)]*(pkg-config[^)]*python|python[0-9.]*-config))", "%(pkg-config "},
    {R"(^\s*for \w+ in [^`$]*python[^`/]*;\s*do)", "for a in python;"},
    {R"(.*/lib[^/]*[Pp]y[^/]*\.so.*|.*/lib[^/]*python[^/]*\.so.*)", "/libpypython"},
    {R"((a*)*b)", "a"},
    {R"((x+x+)+y)", "x"},
};

}  // namespace

TEST_CASE("no text makes an expression slow, and none is too long for it") {
    for (const Case& each : hard) {
        INFO(each.expression);
        CHECK(growth::ends_within(20, [&] {
            const Expression expression(each.expression);
            const std::string text = repeated(each.text, 60'000);
            (void)expression.matches(text);
            (void)expression.is_in(text);
            (void)expression.groups_of(text);
            (void)expression.first_in(text);
        }));
    }
}

TEST_CASE("a long text that matches is found with its groups, and taken out") {
    CHECK(growth::ends_within(20, [] {
        const std::string many(300'000, 'a');
        const Expression whole("(a|b)*(c)");
        if (whole.groups_of(many + "c") != Expression::Groups{many + "c", "a", "c"}) std::abort();
        const Expression word(R"(%\{with (\w+)\})");
        const std::string names = repeated("%{with x} ", 300'000);
        if (word.all_in(names).size() != 30'000) std::abort();
        if (word.removed_from(names) != std::string(30'000, ' ')) std::abort();
    }));
}
