#include "transform/transformation.hpp"

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "base/error.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "catch.hpp"
#include "sample.hpp"
#include "transform/blocks.hpp"
#include "transform/obstacles.hpp"

namespace {

using pystacks::replace_all;
using pystacks::transform::BuildClass;
using pystacks::transform::Outcome;
using pystacks::transform::Reason;
using pystacks::transform::sample;
using pystacks::transform::transform;
using pystacks::transform::without_additions;

void check_round_trip(const std::string& text) {
    const auto done = transform(text, "sample.spec");
    REQUIRE(done.outcome == Outcome::added);
    CHECK(done.text != text);
    CHECK(without_additions(done.text, "sample.spec") == text);
    CHECK(transform(done.text, "sample.spec").text == done.text);
}

}  // namespace

TEST_CASE("adding, then removing, is the identity; adding twice is adding once") {
    check_round_trip(sample());
    check_round_trip(replace_all(sample(), "\n", "\r\n"));
    check_round_trip(sample("%check\n%pytest\n", ""));
    check_round_trip(sample("%doc README", "%{python3_sitearch}/fast/"));
    check_round_trip(sample("%doc README\n\n%changelog\n", "%{python3_sitearch}/_fast*.so"));
}

TEST_CASE("text that ends in a section that is added to, without a line's end") {
    std::string text = sample();
    const std::size_t build = text.find("%build"), install = text.find("%install"), check = text.find("%check");
    const std::string sections = text.substr(install, check - install);
    text = text.substr(0, install) + text.substr(text.find("%files")) + sections;
    while (text.ends_with('\n')) text.pop_back();
    REQUIRE(build != std::string::npos);
    check_round_trip(text);
    text = sample("-f %{pyproject_files}\n%doc README\n\n%changelog\n", "-f %{pyproject_files}");
    check_round_trip(text);
}

TEST_CASE("where folders or patterns would include debug modules, they are excluded") {
    const std::string with = "-f %{pyproject_files} %{?pydebug_exclusions}";
    CHECK(transform(sample(), "").text.find(with) == std::string::npos);
    CHECK(transform(sample("%doc README", "%{python3_sitearch}/fast/"), "").text.find(with) != std::string::npos);
    CHECK(transform(sample("%doc README", "%{python3_sitearch}/_fast.so"), "").text.find(with) == std::string::npos);
    CHECK(transform(sample("%doc README", "%{python3_sitearch}/_fast*.so"), "").text.find(with) != std::string::npos);
}

TEST_CASE("a condition around %files decides the switch") {
    const std::string text =
        transform(sample("%files -n python3-fast -f %{pyproject_files}\n%doc README\n",
                         "%if %{with python}\n%files -n python3-fast -f %{pyproject_files}\n%endif\n"),
                  "")
            .text;
    CHECK(text.find("%if %{with python}\n%else\n%global with_debug_build 0\n%endif\n%{?pydebug_switch}") !=
          std::string::npos);
}

TEST_CASE("a condition around the lines of modules in %files decides the switch") {
    const std::string text =
        transform(sample("-f %{pyproject_files}\n%doc README\n",
                         "\n%doc README\n%if 0%{?with_module}\n%{python3_sitearch}/_fast.so\n%endif\n"),
                  "")
            .text;
    CHECK(text.find("%if 0%{?with_module}\n%else\n%global with_debug_build 0\n%endif\n%{?pydebug_switch}") !=
          std::string::npos);
}

TEST_CASE("that a library beside the modules may use Python is said") {
    const auto notes = [](const std::string& files) {
        const auto done = transform(sample("%files -n python3-fast -f %{pyproject_files}\n",
                                           "%files -n python3-fast -f %{pyproject_files}\n" + files),
                                    "");
        REQUIRE(done.outcome == Outcome::added);
        std::string all;
        for (const std::string& each : done.notes) all += each + "\n";
        return all;
    };
    CHECK_THAT(notes("%{_libdir}/libfast.so.*\n"), contains_text("if this library uses Python"));
    CHECK_THAT(notes("%{_libdir}/fast.conf\n"), !contains_text("if this library uses Python"));
}

TEST_CASE("classes") {
    const auto build_of = [](const std::string& commands) {
        return transform(sample("%build\n%pyproject_wheel", "%build\n" + commands), "").seen.build;
    };
    CHECK(build_of("%pyproject_wheel") == BuildClass::pyproject);
    CHECK(build_of("%cmake") == BuildClass::mixed);
    const std::string native =
        replace_all(sample("%doc README", "%{python3_sitearch}/_fast.so"), "pyproject_", "nothing_");
    CHECK(transform(replace_all(native, "%nothing_wheel", "%py3_build"), "").seen.build == BuildClass::py3_build);
    CHECK(transform(replace_all(native, "%nothing_wheel", "%meson"), "").seen.build == BuildClass::meson);
    CHECK(transform(replace_all(native, "%nothing_wheel", "%cmake"), "").seen.build == BuildClass::cmake);
    CHECK(transform(replace_all(native, "%nothing_wheel", "%configure"), "").seen.build == BuildClass::autotools);
    CHECK(transform(sample("BuildRequires: gcc", "BuildArch: noarch"), "").seen.build == BuildClass::no_module);
}

TEST_CASE("several packages of modules have each their own") {
    const std::string two = sample("%doc README\n",
                                   "%package -n python3-more\nSummary: More\n%description -n python3-more\nMore.\n"
                                   "%files -n python3-more\n%{python3_sitearch}/more/_more.so\n");
    const std::string text = transform(two, "").text;
    CHECK(text.find("%{?pydebug_package:%pydebug_package -n python3-fast}") != std::string::npos);
    CHECK(text.find("%pydebug_package -n python3-more -m %{python3_sitearch}/more/_more.so}") != std::string::npos);
}

TEST_CASE("what one package excludes and another lists is the other's") {
    const auto with = [](const std::string& files, const std::string& more) {
        std::string text = sample("%description -n python3-fast\n",
                                  "%package more\nSummary: More\n%description more\nMore.\n"
                                  "%description -n python3-fast\n");
        return replace_all(text, "-f %{pyproject_files}\n", "\n" + files + "\n%files more\n" + more + "\n");
    };
    const auto lines = [](const std::string& text) {
        const std::size_t begin = text.find("%{?pydebug_package:");
        return text.substr(begin, text.find("\n%", text.find("%{?pydebug_package:", begin + 1)) - begin);
    };
    const std::string folder = "%{python3_sitearch}/fast/\n", site = "%{python3_sitearch}/";
    const std::string sure =
        with(folder + "%{python3_sitearch}/fast/_a*.so\n%exclude " + site + "fast/_tk*.so", site + "fast/_tk*.so");
    check_round_trip(sure);
    CHECK(lines(transform(sure, "").text) ==
          "%{?pydebug_package:%pydebug_package -n %{name}-more -m %{python3_sitearch}/fast/_tk*.so}\n"
          "%{?pydebug_package:%pydebug_package -n python3-fast -m "
          "{%{python3_sitearch}/fast/**,%{python3_sitearch}/fast/_a*.so}}");
    const std::string unsure =
        with(site + "fast/_a*.so\n" + folder + "%exclude " + site + "fast/tests/*", site + "fast/tests/");
    check_round_trip(unsure);
    CHECK_THAT(transform(unsure, "").text, contains_text("%pydebug_package -d -n %{name}-more -m "));
    // Nothing excludes it, or something else is excluded, or both exclude what the other has.
    for (const auto& [files, more] : std::vector<std::pair<std::string, std::string>>{
             {folder, "fast/_tk*.so"},
             {folder + "%exclude " + site + "fast/_tk", "fast/_tk*.so"},
             {folder + "%exclude " + site + "fast/_tk*.so",
              "fast/_tk*.so\n%exclude " + site + "fast\n" + site + "fast/_t*"}}) {
        INFO(files << more);
        const auto refused = transform(with(site + "fast/_a*.so\n" + files, site + more), "");
        REQUIRE(refused.outcome == Outcome::refused);
        CHECK(refused.refusals.front().reason == Reason::not_told_apart);
    }
}

TEST_CASE("headers and sources make no owner of a package, but their patterns get exclusions") {
    const std::string more =
        "%package -n python3-fast-devel\nSummary: More\n%description -n python3-fast-devel\nMore.\n";
    const auto two = [&](const std::string& files) {
        std::string text = sample("%description -n python3-fast\n", more + "%description -n python3-fast\n");
        return replace_all(text, "-f %{pyproject_files}\n",
                           "\n%{python3_sitearch}/fast/*so\n%files -n python3-fast-devel\n" + files + "\n");
    };
    for (const char* files : {"%{python3_sitearch}/fast/*h\n%{python3_sitearch}/fast/*pxd",
                              "%{python3_sitearch}/fast/include", "%{python3_sitearch}/fast/include/fast/*"}) {
        INFO(files);
        check_round_trip(two(files));
        const std::string added = transform(two(files), "").text;
        CHECK(added.find("%pydebug_package -n python3-fast}") != std::string::npos);
        CHECK(added.find("-m ") == std::string::npos);
        CHECK(added.find("%files -n python3-fast-devel %{?pydebug_exclusions}") != std::string::npos);
    }
    CHECK(transform(two("%{python3_sitearch}/fast/*.mako"), "").outcome == Outcome::added);
    check_round_trip(replace_all(two("%{python3_sitearch}/fast/include"), "\n%{python3_sitearch}/fast/*so\n",
                                 "-f %{pyproject_files}\n"));
    const std::string copied = replace_all(two("%{python3_sitearch}/fast/tests/"), "%pyproject_install\n",
                                           "%pyproject_install\ncp -r tests %{buildroot}%{python3_sitearch}/fast/\n");
    check_round_trip(copied);
    const auto in_tree = replace_all(copied, "%pyproject_wheel", "%{__python3} setup.py build_ext --inplace");
    CHECK(transform(in_tree, "").outcome == Outcome::refused);
    const auto folder = transform(two("%{python3_sitearch}/fast/more"), "");
    REQUIRE(folder.outcome == Outcome::refused);
    CHECK(folder.refusals.front().reason == Reason::not_told_apart);
}

TEST_CASE("where Rust makes modules, or CMake builds what the wheel needs, the build declares the package") {
    const auto declared = [](const std::string& tags) {
        const auto done = transform(sample("BuildRequires: gcc\n", tags), "");
        REQUIRE(done.outcome == Outcome::added);
        return done.text.find("%pydebug_package -d -n python3-fast}") != std::string::npos;
    };
    CHECK(declared("BuildRequires: python3-devel, python3-maturin, cargo-rpm-macros\n"));
    CHECK(declared("BuildRequires: python3-devel, python3-setuptools-rust\n"));
    CHECK(declared("BuildRequires: python3-devel, gcc-c++, cmake\n"));
    CHECK_FALSE(declared("BuildRequires: python3-devel, gcc-c++, cmake, python3-Cython\n"));
    // gcc links what Rust's compiler made.
    CHECK(declared("BuildRequires: python3-devel, python3-setuptools-rust, gcc\n"));
    CHECK(declared("BuildRequires: python3-devel, python3-setuptools-rust, gcc, python3-cffi\n"));
    CHECK_FALSE(declared("BuildRequires: python3-devel, python3-setuptools-rust, gcc, python3-Cython\n"));
}

TEST_CASE("the wheel may have no module where the script itself puts the other package's modules there") {
    const std::string more =
        "%package -n python3-more\nSummary: More\n%description -n python3-more\nMore.\n"
        "%files -n python3-more\n%{python3_sitearch}/more/_more.*.so\n";
    const std::string two = sample("%doc README\n", more);
    CHECK(transform(two, "").text.find("%pydebug_package -n python3-fast}") != std::string::npos);
    const std::string placed =
        replace_all(two, "%pyproject_install\n",
                    "%pyproject_install\ncp -a more/_more.*.so %{buildroot}%{python3_sitearch}/more/\n");
    check_round_trip(placed);
    const std::string text = transform(placed, "").text;
    CHECK(text.find("%pydebug_package -d -n python3-fast}") != std::string::npos);
    CHECK(text.find("%pydebug_package -n python3-more -m") != std::string::npos);
}

TEST_CASE("a %check that is off by default gets another branch for the import check") {
    const auto with = [](const std::string& tags, const std::string& check) {
        return sample("%check\n%pytest\n", check).replace(0, 0, tags);
    };
    const std::string tests = "%if %{with tests}\n%check\n%pytest\n%endif\n";
    const std::string off = with("%bcond_with tests\n", tests);
    check_round_trip(off);
    const std::string added = transform(off, "").text;
    CHECK(added.find("%else\n%if %{with debug_build}\n%check\n%{?pydebug_check}\n%endif\n") != std::string::npos);
    for (const std::string& other :
         {with("%bcond_without tests\n", tests), with("", tests),
          with("%bcond_with tests\n", "%if %{with tests}\n%check\n%pytest\n%else\n%endif\n"),
          with("%bcond_with tests\n", "%if %{with tests}\n%check\n%pytest\n%endif\necho more\n")}) {
        INFO(other);
        CHECK(transform(other, "").text.find("%if %{with debug_build}\n%check") == std::string::npos);
    }
}

TEST_CASE("modules may be linked to libraries in a folder that is called as the package") {
    const auto with = [](const std::string& line) {
        return transform(sample("%doc README\n", line + "\n%doc README\n"), "").text;
    };
    const std::string path = "LD_LIBRARY_PATH=\"$RPM_BUILD_ROOT";
    CHECK(with("%{_libdir}/%{name}/libfastbase.so*").find(path + "%{_libdir}/%{name}${LD") != std::string::npos);
    CHECK(with("%{_libdir}/libfast.so.1\n%{_libdir}/python-fast/libbase.so")
              .find(path + "%{_libdir}:$RPM_BUILD_ROOT%{_libdir}/python-fast${LD") != std::string::npos);
    CHECK(with("%{_libdir}/vlc/libfast.so").find(path) == std::string::npos);
    CHECK(with("%{_libdir}/%{name}/fast.so").find(path) == std::string::npos);
}

TEST_CASE("a condition that another package's contains is written once") {
    const std::string more =
        "%if %{with a} && %{with b}\n%package -n python3-more\nSummary: More\n%description -n python3-more\nMore.\n"
        "%files -n python3-more\n%{python3_sitearch}/more/_more.*.so\n%endif\n";
    const std::string spec = replace_all(
        sample("%files -n python3-fast -f %{pyproject_files}\n%doc README\n",
               more + "%if %{with a}\n%files -n python3-fast\n%{python3_sitearch}/fast/_fast.*.so\n%endif\n"),
        "Name:", "%bcond_without a\n%bcond_without b\nName:");
    check_round_trip(spec);
    CHECK(transform(spec, "").text.find("%if %{with a}\n%else\n%global with_debug_build 0\n%endif\n") !=
          std::string::npos);
}

TEST_CASE("a word in the text of a definition is not the macro of that name") {
    const std::string spec = replace_all(sample("%build\n", "%build\n%global info x-%{major}.dist-info\nls %{info}\n"),
                                         "Name:", "%global major 4\nName:");
    check_round_trip(spec);
    for (const char* reads : {"%{info}", "%{?info}", "%{!?info:x}", "%info"}) {
        INFO(reads);
        const auto refused = transform(replace_all(spec, "x-%{major}", reads), "");
        REQUIRE(refused.outcome == Outcome::refused);
        CHECK(refused.refusals.front().reason == Reason::definition_in_section);
    }
}

TEST_CASE("additions stand above macros that may make scriptlets") {
    for (const char* macro : {"%ldconfig_scriptlets", "%{?ldconfig_scriptlets}", "%ldconfig_post\n%ldconfig_postun"}) {
        const std::string text = sample("%check\n%pytest\n", std::string(macro) + "\n\n");
        check_round_trip(text);
        const std::string added = transform(text, "").text;
        CHECK(added.find("%{?pydebug_install}") < added.find(macro));
        CHECK(added.find(macro) < added.find("%check\n"));
    }
}

TEST_CASE("additions stand above a condition that chooses between scriptlets and a macro that may make them") {
    const std::string branches = "%if 0%{?fedora}\n%ldconfig_scriptlets\n%else\n%post -p /sbin/ldconfig\n%endif\n\n";
    for (const char* check : {"", "%check\n%pytest\n"}) {
        const std::string text = sample("%check\n%pytest\n", branches + check);
        check_round_trip(text);
        const std::string added = transform(text, "").text;
        CHECK(added.find("%{?pydebug_install}") < added.find("%if 0%{?fedora}"));
        CHECK(added.find("%check\n") != std::string::npos);
        CHECK((added.find("%check\n") < added.find("%install\n")) == (*check == '\0'));
    }
    const std::string whole = "%if 0%{?rhel}\n%ldconfig_scriptlets\n%endif\n\n%check\n%pytest\n";
    const std::string added = transform(sample("%check\n%pytest\n", whole), "").text;
    CHECK(added.find("%{?pydebug_install}") < added.find("%if 0%{?rhel}"));
    for (const char* own : {"%if 0%{?rhel}\ntrue\n%else\n%post\n%endif\n", "%if 0%{?rhel}\n%ldconfig_scriptlets\n"}) {
        const auto refused = transform(sample("%check\n%pytest\n", own), "");
        REQUIRE(refused.outcome == Outcome::refused);
    }
}

TEST_CASE("%files of one package in the branches of one condition are those of one package") {
    const std::string first = "%if %{with pyproject}\n%files -n python3-fast -f %{pyproject_files}\n%else\n";
    const std::string second = "%files -n python3-fast\n%{python3_sitearch}/fast/\n%endif\n";
    const auto with = [](const std::string& files) {
        return sample("%files -n python3-fast -f %{pyproject_files}\n", files);
    };
    check_round_trip(with(first + second));
    const std::string added = transform(with(first + second), "").text;
    CHECK(added.find("%{?pydebug_package:%pydebug_package -n python3-fast}") != std::string::npos);
    CHECK(added.find("with_debug_build 0") == std::string::npos);
    CHECK(added.find("-f %{pyproject_files}\n") != std::string::npos);
    CHECK(added.find("%files -n python3-fast %{?pydebug_exclusions}\n") != std::string::npos);
    // What is below the condition belongs to both.
    const std::string both = transform(with(first + second + "%{python3_sitearch}/more/\n"), "").text;
    CHECK(both.find("-f %{pyproject_files} %{?pydebug_exclusions}\n") != std::string::npos);
    const std::string twice =
        "%files -n python3-fast -f %{pyproject_files}\n%files -n python3-fast\n"
        "%{python3_sitearch}/fast/\n";
    const std::string chained = replace_all(first, "%else", "%elif 1") + second;
    for (const std::string& files : {twice, chained, first + second + twice}) {
        const auto refused = transform(with(files), "");
        REQUIRE(refused.outcome == Outcome::refused);
        CHECK(refused.refusals.front().reason == Reason::section_twice);
    }
}

TEST_CASE("two packages in the branches of one condition are declared there") {
    const std::string more = "%package -n more\nSummary: More\n%description -n more\nMore.\n";
    const auto with = [&](const std::string& files) {
        return replace_all(sample("%description -n python3-fast\n", more + "%description -n python3-fast\n"),
                           "%files -n python3-fast -f %{pyproject_files}\n", files);
    };
    const std::string one = "%if 0%{?python3}\n%files -n python3-fast\n%{python3_sitearch}/_fast.so\n";
    const std::string other = "%files -n more\n%{python3_sitearch}/_fast.so\n";
    check_round_trip(with(one + "%else\n" + other + "%endif\n"));
    const std::string added = transform(with(one + "%else\n" + other + "%endif\n"), "").text;
    CHECK(added.find("%if 0%{?python3}\n%{?pydebug_package:%pydebug_package -n python3-fast}\n%endif\n"
                     "%if 0%{?python3}\n%else\n%{?pydebug_package:%pydebug_package -n more}\n%endif\n") !=
          std::string::npos);
    CHECK(added.find("with_debug_build 0") == std::string::npos);
    // Nobody knows which Python the other one is for.
    const std::string old = replace_all(other, "python3_sitearch", "python_sitearch");
    check_round_trip(with(one + "%else\n" + old + "%endif\n"));
    const std::string guarded = transform(with(one + "%else\n" + old + "%endif\n"), "").text;
    CHECK(guarded.find("%if 0%{?python3}\n%else\n%global with_debug_build 0\n%endif\n") != std::string::npos);
    CHECK(guarded.find("%pydebug_package -n more") == std::string::npos);
    const std::string third = "%package -n third\nSummary: Third\n%description -n third\nThird.\n";
    const auto three = [&](const std::string& files) {
        return replace_all(with(one + "%else\n" + old + "%endif\n%files -n third\n" + files), "%package -n more\n",
                           third + "%package -n more\n");
    };
    check_round_trip(three("%{python3_sitearch}/_third.so\n"));
    CHECK(transform(three("%{python3_sitearch}/_third.so\n"), "")
              .text.find("%if 0%{?python3}\n%else\n%global with_debug_build 0\n%endif\n%{?pydebug_switch}") !=
          std::string::npos);
    const auto refused = transform(with(one + "%endif\n" + other), "");
    REQUIRE(refused.outcome == Outcome::refused);
    CHECK(refused.refusals.front().reason == Reason::not_told_apart);
}

TEST_CASE("what stands in the way only where a switch is on turns the switch of the debug build off") {
    const std::string docs = "%if %{with docs}\nexport PYTHONPATH=build/lib.linux-cpython-313\n%endif\n";
    const auto with = [](const std::string& bcond, const std::string& build) {
        return bcond + replace_all(sample(), "%pyproject_wheel\n", "%pyproject_wheel\n" + build);
    };
    for (const char* bcond : {"%bcond docs 0\n", "%bcond_with docs\n"}) {
        check_round_trip(with(bcond, docs));
        CHECK(transform(with(bcond, docs), "").text.find("%if %{with docs}\n%global with_debug_build 0\n%endif\n") !=
              std::string::npos);
    }
    const std::string without = replace_all(docs, "%{with docs}", "%{without docs}");
    check_round_trip(with("%bcond_without docs\n", without));
    const std::string other = replace_all(docs, "\nexport", "\ntrue\n%else\nexport");
    check_round_trip(with("%bcond docs 1\n", other));
    CHECK(transform(with("%bcond docs 1\n", other), "")
              .text.find("%if %{with docs}\n%else\n%global with_debug_build 0\n%endif\n") != std::string::npos);
    const auto refused = [&](const std::string& text) {
        INFO(text);
        const auto done = transform(text, "");
        REQUIRE(done.outcome == Outcome::refused);
        CHECK(done.refusals.front().reason == Reason::fixed_folder);
    };
    for (const char* bcond : {"%bcond docs 1\n", "%bcond_without docs\n", "", "%bcond docs %{undefined rhel}\n",
                              "%bcond docs 0\n%global with_docs 1\n", "%if 1\n%bcond docs 0\n%endif\n"})
        refused(with(bcond, docs));
    refused(with("%bcond docs 0\n", without));
    refused(with("%bcond docs 0\n", docs + "export PYTHONPATH=build/lib.linux-cpython-313\n"));
    // There the modules are built.
    refused(replace_all(with("%bcond docs 0\n", docs), "%files -n python3-fast -f %{pyproject_files}\n%doc README\n",
                        "%if %{with docs}\n%files -n python3-fast -f %{pyproject_files}\n%endif\n"));
}

TEST_CASE("a source that is unpacked beside the tree is no obstacle where nothing goes there") {
    const auto with = [](const std::string& more) { return sample("%autosetup\n", "%autosetup -b1\n" + more); };
    check_round_trip(with(""));
    check_round_trip(with("ls docs/v1..v2\n"));
    for (const char* more : {"cp ../more/x .\n", "cp -r .. x\n", "ln -s %{_builddir}/more x\n", "cd ..\n",
                             "ls $RPM_BUILD_DIR\n", "%global more ../more\n"}) {
        INFO(more);
        const auto done = transform(with(more), "");
        REQUIRE(done.outcome == Outcome::refused);
        CHECK(done.refusals.front().reason == Reason::several_trees);
    }
}

TEST_CASE("a phase without a section gets one where BuildSystem makes it") {
    std::string text = sample("License: MIT\n", "License: MIT\nBuildSystem: cmake\n");
    const std::size_t prep = text.find("%prep"), check = text.find("%check");
    text.erase(prep, check - prep);
    check_round_trip(text);
    const std::string added = transform(text, "").text;
    for (const char* name : {"prep", "conf", "build", "install"}) {
        const std::string lines = std::string("%") + name + " -a\n%{?pydebug_" + name + "}\n";
        CHECK(added.find(lines) != std::string::npos);
    }
    CHECK(added.find("%pydebug_package") < added.find("%prep -a"));
}

TEST_CASE("definitions that mean the same twice are no obstacle") {
    for (const char* definition :
         {"%global flags --fast", "%global flags --pid=%{_rundir}/x.pid", "%define flags %{optflags}",
          "%undefine _ld_as_needed", "%{!?flags:%global flags --fast}", "#%define x a\n%define x b",
          "make\n%define __spec_install_post x", "%global place %{buildroot}/opt",
          "%make_build\n%global _docdir_fmt %{name}", "%make_build\n%global __requires_exclude ^x$",
          "%global optflags %{optflags} -fno-strict-aliasing", "%global build_cxxflags %{build_cflags} -Wall",
          "export X=%{version}\n%global _vpath_builddir out",
          "cd %{buildroot}\n%global optflags %optflags -g\n%make_build\n%global optflags %{optflags} -w"}) {
        INFO(definition);
        check_round_trip(sample("%build\n", std::string("%build\n") + definition + "\n"));
    }
}

TEST_CASE("modules that nothing names") {
    const auto modules = [](const std::string& find, const std::string& replacement) {
        return transform(sample(find, replacement), "").seen.modules;
    };
    using pystacks::transform::Modules;
    CHECK(modules("%pyproject_wheel\n", "%cmake\n%pyproject_wheel\n") == Modules::some);
    const std::string program = "%files bin\n%{_bindir}/fast\n";
    CHECK(modules("%pyproject_wheel\n", "%cmake\n%pyproject_wheel\n" + program) == Modules::unclear);
    CHECK(modules("%pyproject_wheel\n", "%cmake\nsed -i s/library_dirs=// setup.py\n%pyproject_wheel\n" + program) ==
          Modules::some);
    CHECK(modules("%pyproject_wheel\n", "make -C docs html\n%pyproject_wheel\n" + program) == Modules::some);
}

TEST_CASE("modules of Python 2 are built with its interpreter") {
    std::string text =
        replace_all(sample("-f %{pyproject_files}\n", "\n%{python2_sitearch}/fast\n"), "python3-", "python2-");
    text = replace_all(replace_all(text, "%pyproject_wheel", "%py2_build"), "%pyproject_install", "%py2_install");
    text = replace_all(text, "%pyproject_save_files fast\n", "");
    check_round_trip(text);
    const auto done = transform(text, "");
    CHECK(done.seen.build == BuildClass::py2_build);
    CHECK(done.text.find("%global pydebug_python %{?__python2}%{!?__python2:/usr/bin/python2}\n%{?pydebug_switch}") !=
          std::string::npos);
    CHECK(transform(sample(), "").text.find("pydebug_python") == std::string::npos);

    const auto both = transform(replace_all(text, "%py2_build", "%py2_build\n%py3_build"), "");
    CHECK(both.refusals.front().reason == Reason::several_interpreters);
    // The version is in the build alone, as in old specs that say %{python_sitearch}.
    const auto old = transform(replace_all(text, "python2_sitearch", "python_sitearch"), "");
    CHECK(old.text.find("%global pydebug_python %{?__python2}%{!?__python2:/usr/bin/python2}\n") != std::string::npos);
    const auto unknown =
        transform(replace_all(replace_all(text, "python2_sitearch", "python_sitearch"), "%py2_", "%py_"), "");
    CHECK(unknown.refusals.front().reason == Reason::unversioned_python);
}

TEST_CASE("a folder whose version is asked for at build time is of no known Python") {
    const std::string text = sample("-f %{pyproject_files}\n", "\n%{_libdir}/python%{pyver}/site-packages/_fast.so\n");
    const std::string definition = "%define pyver %(python -c 'import sys; print sys.version[:3]')\nName:";
    const std::string plain =
        replace_all(replace_all(replace_all(text, "Name:", definition), "%pyproject_wheel", "make"),
                    "%pyproject_install\n%pyproject_save_files fast", "make install");
    const auto done = transform(plain, "");
    REQUIRE(done.outcome == Outcome::refused);
    CHECK(done.refusals.front().reason == Reason::unversioned_python);
}

TEST_CASE("compiled modules in the folder of pure ones") {
    const auto done_with = [](const std::string& entry, const std::string& tags = {}, const std::string& tool = "gcc") {
        std::string text = sample("-f %{pyproject_files}\n", "\n%{python3_sitelib}/" + entry + "\n");
        text = replace_all(text, "%pyproject_save_files fast\n", "");
        return transform(replace_all(text, "BuildRequires: gcc\n", "BuildRequires: " + tool + "\n" + tags), "");
    };
    CHECK(done_with("_fast*.so").outcome == Outcome::added);
    CHECK(done_with("fast").outcome == Outcome::nothing_to_do);
    const std::string one_folder = "Distribution: Photon\n";
    CHECK(done_with("fast", one_folder, "python3-Cython").outcome == Outcome::added);
    CHECK(done_with("fast/core.py", one_folder).outcome == Outcome::nothing_to_do);
    CHECK(done_with("fast", one_folder + "BuildArch: noarch\n").outcome == Outcome::nothing_to_do);
    const auto unclear = done_with("fast", one_folder);
    REQUIRE(unclear.outcome == Outcome::refused);
    CHECK(unclear.refusals.front().reason == Reason::unclear_modules);
    CHECK(unclear.refusals.front().detail.find("python3-fast has %{python3_sitelib}/fast") != std::string::npos);
}

TEST_CASE("compilers that are for something else") {
    const auto modules = [](const std::string& find, const std::string& replacement) {
        return transform(sample(find, replacement), "").seen.modules;
    };
    using pystacks::transform::Modules;
    CHECK(modules("%build\n", "%build\n%cargo_build\n%files bin\n%{_bindir}/fast\n%build\n") == Modules::unclear);
    // It is built for one architecture, yet says that there is nothing to debug.
    CHECK(modules("BuildRequires: gcc\n", "BuildRequires: python3-Cython\n%global debug_package %{nil}\n") ==
          Modules::unclear);
    CHECK(modules("BuildRequires: gcc\n", "%global debug_package %{nil}\n") == Modules::unclear);
}

TEST_CASE("names of which one begins with the other are told apart") {
    const std::string two = sample("-f %{pyproject_files}\n%doc README\n",
                                   "\n%{python3_sitearch}/fast\n%{python3_sitearch}/fast-1.dist-info\n"
                                   "%package -n python3-more\nSummary: More\n%description -n python3-more\nMore.\n"
                                   "%files -n python3-more\n%{python3_sitearch}/fast_more\n"
                                   "%{python3_sitearch}/fast_more-1.dist-info\n");
    CHECK(transform(two, "").outcome == Outcome::added);
}

TEST_CASE("debug macros are those that a spec uses, not those that it speaks of") {
    const auto has = [](const std::string& text) {
        return pystacks::transform::has_debug_macros(pystacks::spectext::SpecText(text));
    };
    CHECK(has(transform(sample(), "").text));
    CHECK(has(sample("%build\n", "%build\n%pydebug_begin\n")));
    CHECK(has(sample("Name:", "%global pydebug_no_import fast\nName:")));
    const std::string spoken = sample("%changelog\n", "%changelog\n- took %pydebug_build out\n");
    CHECK(!has(spoken));
    CHECK(!has(sample("%build\n", "# %pydebug_begin\n%build\n")));
    CHECK(!has(sample("%build\n", "%build\n./configure --no-pydebug_x # %%pydebug_y\n")));
    CHECK(transform(spoken, "").outcome == Outcome::added);
    CHECK(transform(sample("Name:", "%define debug_build 0\nName:"), "").outcome == Outcome::added);
}

TEST_CASE("damaged marks are refused") {
    std::string text = transform(sample(), "").text;
    text.erase(text.find("%dnl <<<"), 5);
    CHECK_THROWS_AS(without_additions(text, "a.spec"), pystacks::Error);
}

TEST_CASE("every spec of a folder comes back as it was") {
    const char* folder = std::getenv("PYSTACKS_TEST_SPECS");
    if (folder == nullptr) {
        std::cerr << "skipped: PYSTACKS_TEST_SPECS names no folder of specs\n";
        return;
    }
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        if (file.path().extension() != ".spec") continue;
        const std::string text = pystacks::read_file(file.path());
        const auto done = transform(text, file.path().string());
        if (done.outcome != Outcome::added) continue;
        INFO(file.path());
        CHECK(without_additions(done.text, "") == text);
        CHECK(transform(done.text, "").text == done.text);
    }
}
