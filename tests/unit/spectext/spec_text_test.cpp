#include "spectext/spec_text.hpp"

#include <string>

#include "catch.hpp"
#include "growth.hpp"

namespace {

using pystacks::spectext::LineEnd;
using pystacks::spectext::LineKind;
using pystacks::spectext::Section;
using pystacks::spectext::SectionKind;
using pystacks::spectext::SpecText;

std::string written_back(const SpecText& spec) {
    std::string text;
    for (const auto& line : spec.lines()) {
        text += line.text;
        text += line.end == LineEnd::crlf ? "\r\n" : line.end == LineEnd::lf ? "\n" : "";
    }
    return text;
}

}  // namespace

TEST_CASE("every byte is kept") {
    const std::string changelog = "%changelog\n" + std::string(1U << 20U, '-') + "\r\n\nno end";
    for (const std::string& text :
         {std::string(), std::string("\n"), std::string("Name: a\r\n\r\n%build\nmake"), changelog}) {
        CHECK(written_back(SpecText(text)) == text);
    }
}

TEST_CASE("parts of sections, and macros that make sections") {
    using pystacks::spectext::SectionPart;
    const SpecText spec(
        "Name: a\n%build -a\nmake\n%pyproject_extras_subpkg -n a b\n%{?python_extras_subpkg:x}\n%build\n");
    REQUIRE(spec.sections().size() == 5);
    CHECK(spec.sections()[1].part() == SectionPart::appended);
    CHECK(spec.sections()[1].end == 3);
    CHECK(spec.sections()[2].kind == SectionKind::made);
    CHECK(spec.sections()[3].kind == SectionKind::made);
    CHECK(spec.sections()[4].part() == SectionPart::whole);
}

TEST_CASE("sections have a kind, a range and options") {
    const SpecText spec("Name: a\n\n%description -n b\ntext\n%files -n b -f list\n%post\nx\n%Build\nmake\n");
    REQUIRE(spec.sections().size() == 5);
    CHECK(spec.sections()[0].kind == SectionKind::preamble);
    CHECK(spec.sections()[1].options == "-n b");
    CHECK(spec.sections()[2].kind == SectionKind::files);
    CHECK(spec.sections()[2].begin == 5);
    CHECK(spec.sections()[3].kind == SectionKind::scriptlet);
    CHECK(spec.sections()[4].kind == SectionKind::build);
    CHECK(spec.sections()[4].end == 9);
}

TEST_CASE("a header inside of a macro is none") {
    const SpecText spec(
        "%{lua:\nprint([[\n%package x\n]])\n}\n%global y %{expand:\n%files\n}\n%define z a \\\n%build\n%prep\n");
    REQUIRE(spec.sections().size() == 2);
    CHECK(spec.sections()[1].kind == SectionKind::prep);
    REQUIRE(spec.definitions().size() == 2);
    CHECK(spec.definitions()[0].name == "y");
    CHECK(spec.definitions()[1].body.find("%build") != std::string_view::npos);
}

TEST_CASE("a backslash joins definitions, and no commands") {
    const SpecText spec("%build\n%configure \\\n%if 1\n --no \\\n%endif\n --yes\n");
    CHECK(spec.lines()[2].kind == LineKind::open);
    CHECK(spec.lines()[3].branch == 1);
    CHECK(spec.lines()[5].branch == 0);
}

TEST_CASE("conditions nest, and have two branches") {
    const SpecText spec("%if a\n%ifarch b\nx\n%else\ny\n%endif\n%endif\nz\n");
    CHECK(spec.branches()[spec.lines()[2].branch].parent == 1);
    CHECK(spec.branches()[spec.lines()[4].branch].negated);
    CHECK(spec.branches()[spec.lines()[4].branch].opener == 1);
    CHECK(spec.branch_after(4) == spec.lines()[4].branch);
    CHECK(spec.branch_after(5) == 1);
    CHECK(spec.lines()[7].branch == 0);
    CHECK(spec.broken_line() == pystacks::spectext::no_line);
}

TEST_CASE("what does not end is said") {
    CHECK(SpecText("a\n%if 1\nb\n").broken_line() == 1);
    CHECK(SpecText("%endif\n").broken_line() == 0);
    CHECK(SpecText("a\nb\n%{x\n").broken_line() == 2);
}

TEST_CASE("what stands before the next section belongs to it") {
    const SpecText spec("%build\nmake\n\n# about installing\n%if 1\n%install\n%endif\n");
    CHECK(spec.last_own_line(spec.sections()[1]) == 1);
}

TEST_CASE("macros that may make scriptlets belong to what follows") {
    const SpecText spec("%install\nmake install\n\n%ldconfig_scriptlets libs\n%{?ldconfig_post}\n\n%files\n");
    CHECK(spec.last_own_line(spec.sections()[1]) == 1);
    CHECK(spec.last_own_line(spec.sections()[1], SpecText::Scriptlets::are_own) == 4);
    const SpecText within("%install\n%ldconfig_scriptlets\nmake install\n%ldconfig_scriptlets_of_others\n%files\n");
    CHECK(within.last_own_line(within.sections()[1]) == 3);
}

TEST_CASE("the branch behind every line of many conditions") {
    std::string text;
    for (int i = 0; i < 150'000; ++i) text += "%if a\n%else\n%endif\n";
    const SpecText spec(text);
    CHECK(growth::ends_within(20, [&] {
        for (std::size_t i = 0; i < spec.lines().size(); ++i) (void)spec.branch_after(i);
    }));
}

TEST_CASE("the branch behind a condition's line that another one follows") {
    const SpecText spec("%if a\n%if b\n%else\n%else\n%endif\n%endif\nx\n%if c\n%endif\n");
    for (const std::size_t line : {1, 2, 3, 7}) {
        std::size_t last = 0;
        for (std::size_t i = 1; i < spec.branches().size(); ++i) {
            if (spec.branches()[i].opener <= line) last = i;
        }
        const LineKind next = spec.lines()[line + 1].kind;
        if (next == LineKind::otherwise || next == LineKind::close) CHECK(spec.branch_after(line) == last);
    }
}

TEST_CASE("the words of sections are rpm's") {
    const SpecText spec(
        "Name: a\n%DESCRIPTION\nx\n%sepolicy\nx\n%Trigger -- b\nx\n%filetrigger -- /b\nx\n"
        "%transfiletriggerun -- /b\nx\n%end\n%files -n b %dnl of b\n/b\n %build\n%install:\n");
    REQUIRE(spec.sections().size() == 8);
    CHECK(spec.sections()[1].kind == SectionKind::description);
    for (std::size_t i = 2; i < 6; ++i) CHECK(spec.sections()[i].kind == SectionKind::scriptlet);
    CHECK(spec.sections()[6].kind == SectionKind::made);
    CHECK(spec.sections()[7].options == "-n b");
    CHECK(spec.sections()[7].end == spec.lines().size());
}

TEST_CASE("%dnl ends with its line, and %{dnl:…} with its brace") {
    const SpecText spec("%dnl %{ %if 0\n%build\nmake\n%{dnl:\n%install\n}\n%install\n");
    REQUIRE(spec.sections().size() == 3);
    CHECK(spec.sections()[1].kind == SectionKind::build);
    CHECK(spec.sections()[2].header == 6);
    CHECK(spec.broken_line() == pystacks::spectext::no_line);
}

TEST_CASE("words of conditions") {
    const SpecText spec("%if_with python3\nName: a\n%endif\n%ifdef b\nVersion: 1\n%endif\n%ifacedir/x\n");
    CHECK(spec.lines()[1].branch != 0);
    CHECK(spec.lines()[4].branch != 0);
    CHECK(spec.lines()[6].branch == 0);
    CHECK(spec.broken_line() == pystacks::spectext::no_line);
    // rpm wants a blank behind the word.
    CHECK(SpecText("%if(1)\nName: a\n").lines()[1].branch == 0);
}
