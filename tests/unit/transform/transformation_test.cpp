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

namespace {

using pystacks::replace_all;
using pystacks::transform::BuildClass;
using pystacks::transform::Outcome;
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

TEST_CASE("where folders or patterns would take debug modules in, they are excluded") {
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
    CHECK(transform(sample("BuildRequires: gcc\n", ""), "").outcome == Outcome::nothing_to_do);
}

TEST_CASE("several packages of modules have each their own") {
    const std::string two = sample("%doc README\n",
                                   "%package -n python3-more\nSummary: More\n%description -n python3-more\nMore.\n"
                                   "%files -n python3-more\n%{python3_sitearch}/more/_more.so\n");
    const std::string text = transform(two, "").text;
    CHECK(text.find("%{?pydebug_package:%pydebug_package -n python3-fast}") != std::string::npos);
    CHECK(text.find("%pydebug_package -n python3-more -m %{python3_sitearch}/more/_more.so}") != std::string::npos);
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
    for (const char* definition : {"%global flags --fast", "%define flags %{optflags}", "%undefine _ld_as_needed",
                                   "%{!?flags:%global flags --fast}", "#%define x a\n%define x b", "make\n%define __spec_install_post x", "%global place %{buildroot}/opt"}) {
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

TEST_CASE("names of which one begins with the other are told apart") {
    const std::string two = sample("-f %{pyproject_files}\n%doc README\n",
                                   "\n%{python3_sitearch}/fast\n%{python3_sitearch}/fast-1.dist-info\n"
                                   "%package -n python3-more\nSummary: More\n%description -n python3-more\nMore.\n"
                                   "%files -n python3-more\n%{python3_sitearch}/fast_more\n"
                                   "%{python3_sitearch}/fast_more-1.dist-info\n");
    CHECK(transform(two, "").outcome == Outcome::added);
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
