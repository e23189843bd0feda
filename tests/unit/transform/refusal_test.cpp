#include "transform/refusal.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "sample.hpp"
#include "transform/transformation.hpp"

namespace {

using pystacks::transform::Outcome;
using pystacks::transform::Reason;
using pystacks::transform::sample;
using pystacks::transform::transform;

struct Case {
    Reason reason;
    std::string find, replacement;
};

}  // namespace

TEST_CASE("each refusal has its reason") {
    const std::vector<Case> cases{
        {Reason::broken_text, "%check\n", "%check\n%if 1\n"},
        {Reason::by_hand, "%build\n", "%build\n%{?pydebug_build}\n"},
        {Reason::by_hand, "%build\n", "%build\n%if %{with debug_build}\n%endif\n"},
        {Reason::included_text, "%prep\n", "%include more.inc\n%prep\n"},
        {Reason::sections_from_lua, "%prep\n", "%{lua:\nprint('%package more')\n}\n%prep\n"},
        {Reason::sections_from_macros, "%build\n", "%{!?without_build:%build}\n"},
        {Reason::sections_from_macros, "%description\n", "%global more() \\\n%package more\\\n%nil\n%description\n"},
        {Reason::declarative_build, "%check\n", "%build -a\nmake\n%check\n"},
        {Reason::unknown_build, "License: MIT\n", "License: MIT\nBuildSystem: unheard-of\n"},
        {Reason::section_missing, "%prep\n%autosetup\n", ""},
        {Reason::section_twice, "%check\n", "%build\nmake\n%check\n"},
        {Reason::section_conditional, "%build\n%pyproject_wheel\n", "%if 1\n%build\n%pyproject_wheel\n%endif\n"},
        {Reason::section_leaves_early, "%pyproject_wheel\n", "%pyproject_wheel\nexit 0\n"},
        {Reason::definition_in_section, "%build\n", "%build\n%global parts %{parts} more\n"},
        {Reason::definition_in_section, "%build\n", "%build\n%make_build\n%global optflags %{optflags} -g\n"},
        {Reason::definition_in_section, "%build\n", "%build\n%global optflags %{optflags} -I%{buildroot}/x\n"},
        {Reason::definition_in_section, "%build\n", "%build\necho %{_libdir}\n%global _prefix /opt\n"},
        {Reason::definition_in_section, "%build\n", "%build\n%make_build\n%undefine _ld_as_needed\n"},
        {Reason::eager_definition, "%build\n", "%global py_setup_args -L%{_builddir}/x\n%build\n"},
        {Reason::eager_definition, "%build\n", "%global root %{buildroot}/opt\n%build\nmkdir %{root}\n"},
        {Reason::several_trees, "%autosetup\n", "%setup -b 1\nls %{_builddir}/more\n"},
        {Reason::no_tree, "%autosetup\n", "tar xf %{SOURCE0}\n"},
        {Reason::several_interpreters, "%build\n", "%build\n%py2_build\n"},
        {Reason::interpreter_list, "%pyproject_wheel\n", "%python_build\n"},
        {Reason::interpreter_list, "%build\n", "%build\n%{python_expand $python setup.py config}\n"},
        {Reason::interpreter_list, "BuildRequires: gcc\n",
         "BuildRequires: gcc\nBuildRequires: %{python_module devel}\n"},
        {Reason::interpreter_list, "Name:", "%define pythons python3 python311\nName:"},
        {Reason::interpreter_list, "%files -n python3-fast -f %{pyproject_files}\n",
         "%files %{python_files}\n%{python_sitearch}/_fast.so\n"},
        {Reason::other_interpreter, "%build\n", "%build\n/usr/bin/python3 setup.py build\n"},
        {Reason::fixed_headers, "%build\n", "%build\nexport CFLAGS=-I/usr/include/python3.13\n"},
        {Reason::fixed_headers, "%build\n", "%build\nexport CFLAGS='%(pkg-config --cflags python3)'\n"},
        {Reason::fixed_folder, "%build\n", "%build\nPYTHONPATH=build/lib.linux-x86_64-cpython-313 make html\n"},
        {Reason::fixed_folder, "%build\n", "%build\n%cmake\ncp build/Release/x .\n"},
        {Reason::unclear_modules, "%build\n", "%build\n%cmake -B Release\ncp Release/x .\n%files x\n%{_bindir}/x\n"},
        {Reason::definition_in_section, "%build\n", "%build\ncp x %{_pkgdocdir}\n%global _docdir_fmt %{name}\n"},
        {Reason::several_interpreters, "%build\n", "%build\nfor py in python3.9 python3.13; do\n"},
        {Reason::several_trees, "%autosetup\n", "%autosetup\ncp ../x .\n"},
        {Reason::foreign_macros, "-f %{pyproject_files}\n%doc README\n", "\n%python3_sitelibdir/_fast.so\n"},
        {Reason::uses_python_library, "%doc README\n", "%_libdir/libfast-py3.so.1\n"},
        {Reason::owner_condition, "License: MIT\n", "License: MIT\n%if 0\nBuildArch: noarch\n%endif\n"},
        {Reason::other_interpreter, "%build\n", "%build\nf2py -c fast.f90\n"},
        {Reason::several_builds, "%build\n", "%build\n%{_openmpi_load}\n"},
        {Reason::heavy_build, "%build\n", "%build\n%limit_build -m 3000\n"},
        {Reason::uses_python_library, "%doc README\n", "%{_libdir}/libpyfast.so.1\n"},
        {Reason::uses_python_library, "-f %{pyproject_files}\n",
         "\n%{python3_sitearch}/fast/_fast.so\n%{python3_sitearch}/fast/libfast_python.so\n"},
        {Reason::unknown_list, "%doc README\n", "%files -n other -f some.list\n"},
        {Reason::unclear_modules, "%pyproject_wheel\n", "%cmake\n%pyproject_wheel\n%files bin\n%{_bindir}/fast\n"},
        {Reason::own_version, "Summary: Fast\n\n%description -n", "Summary: Fast\nVersion: 2\n\n%description -n"},
        {Reason::owner_condition, "%files -n python3-fast -f %{pyproject_files}\n%doc README\n",
         "%global last 1\n%if 0%{?last}\n%files -n python3-fast -f %{pyproject_files}\n%endif\n"},
    };
    for (const Case& each : cases) {
        const auto done = transform(sample(each.find, each.replacement), "sample.spec");
        INFO(key_of(each.reason) << ": " << each.replacement);
        CHECK(done.outcome == Outcome::refused);
        REQUIRE(!done.refusals.empty());
        CHECK(key_of(done.refusals.front().reason) == key_of(each.reason));
        CHECK(!way_out(each.reason).empty());
    }
}

TEST_CASE("an error says how many other reasons there are, and not how many lines") {
    using pystacks::transform::Refusal;
    const auto hint = [](std::vector<Refusal> refusals) {
        const std::string all = refusal_error("cannot add", "x.spec", refusals).hint();
        const std::size_t end = all.find('\n');
        return end == std::string::npos ? std::string() : all.substr(end + 1);
    };
    const Refusal list{Reason::unknown_list, 1, "a"}, trees{Reason::several_trees, 2, "b"};
    CHECK(hint({list}).empty());
    CHECK(hint({list, list}) ==
          "1 more line refuses it for the same reason; pystacks extension add --explain lists it");
    CHECK(hint({list, list, list}) ==
          "2 more lines refuse it for the same reason; pystacks extension add --explain lists them");
    CHECK(hint({list, trees, list, trees}) == "1 more reason refuses it; pystacks extension add --explain lists it");
    CHECK(hint({list, trees, {Reason::heavy_build, 3, "c"}}) ==
          "2 more reasons refuse it; pystacks extension add --explain lists them");
}
